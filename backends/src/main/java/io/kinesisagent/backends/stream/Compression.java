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
      return (source, offset, length, into) -> into.append(source, offset, length);
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
      return (source, offset, length, into) -> {
        int room = Math.toIntExact(Zstd.compressBound(length));
        byte[] array = into.reserve(room);
        long written =
            Zstd.compressByteArray(
                array, into.length(), room, source, offset, length, Zstd.defaultCompressionLevel());
        if (Zstd.isError(written)) {
          throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
        }
        into.advance(Math.toIntExact(written));
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
    /** Appends the compressed form of some bytes. */
    void compress(byte[] source, int offset, int length, MutableBytes into);

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
    public void compress(byte[] source, int offset, int length, MutableBytes into) {
      into.append(HEADER);
      deflater.reset();
      deflater.setInput(source, offset, length);
      deflater.finish();
      while (!deflater.finished()) {
        byte[] array = into.reserve(STEP_BYTES);
        into.advance(deflater.deflate(array, into.length(), STEP_BYTES));
      }
      crc.reset();
      crc.update(source, offset, length);
      littleEndian((int) crc.getValue(), into);
      littleEndian(length, into);
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
