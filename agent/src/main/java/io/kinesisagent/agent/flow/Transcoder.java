package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Turns records of another character set into UTF-8. What is malformed becomes U+FFFD and is
 * counted; the mark of the byte order at the beginning of a file is taken off. Owned by the flow's
 * thread.
 */
public final class Transcoder implements Processor {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  private final CharsetDecoder decoder;
  private final Counter malformed;
  private final CharBuffer chars = CharBuffer.allocate(8192);

  /**
   * A transcoder of its own for each flow.
   *
   * @param charset what the files are written in
   * @param malformed counts bytes that are no characters
   */
  public Transcoder(Charset charset, Counter malformed) {
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.malformed = malformed;
  }

  @Override
  public void process(RecordView in, RecordSink out) {
    MutableBytes bytes = out.begin();
    malformed.add(decode(in.array(), in.offset(), in.length(), in.context().offset() == 0, bytes));
    out.commit();
  }

  /**
   * Appends a text in UTF-8.
   *
   * @param beginsFile whether a mark of the byte order may come first
   * @return the number of malformed bytes
   */
  int decode(byte[] data, int offset, int length, boolean beginsFile, MutableBytes out) {
    ByteBuffer bytes = ByteBuffer.wrap(data, offset, length);
    int bad = 0;
    boolean first = beginsFile;
    decoder.reset();
    chars.clear();
    for (boolean more = true; more; ) {
      CoderResult result = decoder.decode(bytes, chars, true);
      if (result.isError()) {
        bad += result.length();
        bytes.position(bytes.position() + result.length());
        if (!chars.hasRemaining()) {
          first = drain(first, out);
        }
        chars.put(REPLACEMENT);
      } else {
        more = result.isOverflow();
        first = drain(first, out);
      }
    }
    decoder.flush(chars);
    drain(first, out);
    // What is left is half a pair, which the decoder of no character set lets through.
    chars.clear();
    return bad;
  }

  /** Moves whole characters on; gives whether the next is still the first of its file. */
  private boolean drain(boolean first, MutableBytes out) {
    chars.flip();
    if (!chars.hasRemaining()) {
      chars.clear();
      return first;
    }
    if (first && chars.get(chars.position()) == BYTE_ORDER_MARK) {
      chars.get();
    }
    byte[] array = out.reserve(3 * chars.remaining());
    int at = out.length();
    int start = at;
    while (chars.hasRemaining()) {
      char c = chars.get();
      if (c < 0x80) {
        array[at++] = (byte) c;
      } else if (c < 0x800) {
        array[at++] = (byte) (0xC0 | c >> 6);
        array[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)) {
        if (!chars.hasRemaining()) {
          chars.position(chars.position() - 1);
          break;
        }
        int codePoint = Character.toCodePoint(c, chars.get());
        array[at++] = (byte) (0xF0 | codePoint >> 18);
        array[at++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
        array[at++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        array[at++] = (byte) (0x80 | (codePoint & 0x3F));
      } else {
        array[at++] = (byte) (0xE0 | c >> 12);
        array[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
        array[at++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    out.advance(at - start);
    chars.compact();
    return false;
  }
}
