package io.kinesisagent.backends.stream;

import com.github.luben.zstd.Zstd;
import io.kinesisagent.spi.MutableBytes;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** How a wire record's bytes are compressed, each by itself. */
enum Compression {
  NONE {
    @Override
    Compressor open() {
      return (source, into) -> source;
    }

    @Override
    int mostAdded(int length) {
      return 0;
    }
  },

  /** RFC 1952. */
  GZIP {
    @Override
    Compressor open() {
      return new Gzip();
    }

    @Override
    int mostAdded(int length) {
      return Gzip.FRAME_BYTES + 13 + (length >> 12) + (length >> 14) + (length >> 25);
    }
  },

  /** RFC 8878. */
  ZSTD {
    @Override
    Compressor open() {
      return (source, into) -> {
        into.clear();
        int room = Math.toIntExact(Zstd.compressBound(source.length()));
        byte[] array = into.reserve(room);
        long written =
            Zstd.compressByteArray(
                array, 0, room, source.array(), 0, source.length(), Zstd.defaultCompressionLevel());
        if (Zstd.isError(written)) {
          throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
        }
        into.advance(Math.toIntExact(written));
        return into;
      };
    }

    @Override
    int mostAdded(int length) {
      return Math.toIntExact(Zstd.compressBound(length)) - length;
    }
  };

  /** Compresses one record after the other; used by one thread. */
  @FunctionalInterface
  interface Compressor extends AutoCloseable {
    /**
     * Compresses what a buffer holds.
     *
     * @param into its content is replaced
     * @return the buffer with the compressed form: {@code into}, or the source where it is the same
     */
    MutableBytes compress(MutableBytes source, MutableBytes into);

    @Override
    default void close() {}
  }

  /** A compressor for one batch. */
  abstract Compressor open();

  /** Most bytes that the compressed form may be longer than {@code length} bytes that it is of. */
  abstract int mostAdded(int length);

  private static final class Gzip implements Compressor {
    /** Of the header and the trailer. */
    static final int FRAME_BYTES = 18;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int STEP_BYTES = 8192;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 crc = new CRC32();

    @Override
    public MutableBytes compress(MutableBytes source, MutableBytes into) {
      into.clear();
      into.append(HEADER);
      deflater.reset();
      deflater.setInput(source.array(), 0, source.length());
      deflater.finish();
      while (!deflater.finished()) {
        byte[] array = into.reserve(STEP_BYTES);
        into.advance(deflater.deflate(array, into.length(), STEP_BYTES));
      }
      crc.reset();
      crc.update(source.array(), 0, source.length());
      littleEndian((int) crc.getValue(), into);
      littleEndian(source.length(), into);
      return into;
    }

    private static void littleEndian(int value, MutableBytes into) {
      for (int shift = 0; shift < 32; shift += 8) {
        into.append(value >> shift);
      }
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
