package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/**
 * PutRecords of Kinesis in the AWS JSON 1.1 protocol's CBOR form, which carries bytes as they are.
 */
public final class KinesisPutRecords implements WireProtocol {
  /** Headers of a record, of its data (up to 5 bytes of length) and of its key. */
  private static final int RECORD_BYTES = 1 + 5 + 5 + 13 + 3;

  private static final int REQUEST_BYTES = 64;

  /** What is shorter has its length in the first byte. */
  private static final int SHORT = 24;

  /** A head's first byte and the longest number that may follow it. */
  private static final int MOST_HEAD_BYTES = 1 + 8;

  private static final int TEXT = 0x60;
  private static final int BYTES = 0x40;
  private static final int ARRAY = 0x80;
  private static final int MAP_OF_TWO = 0xa2;

  private static final int MAP = 0xa0;
  private static final int MAJOR_TYPE = 0xe0;

  private static final byte[] FAILED_COUNT = text("FailedRecordCount");
  private static final byte[] RECORDS = text("Records");
  private static final byte[] RECORD_DATA = recordStart();
  private static final byte[] PARTITION_KEY = text("PartitionKey");

  private final ReplyReader replies =
      new ReplyReader(
          new CBORFactory(), KinesisPutRecords::noneFailed, "FailedRecordCount", "Records");

  @Override
  public String service() {
    return "kinesis";
  }

  @Override
  public String target() {
    return "Kinesis_20131202.PutRecords";
  }

  @Override
  public String contentType() {
    return "application/x-amz-cbor-1.1";
  }

  @Override
  public ReplyReader replies() {
    return replies;
  }

  /** A map's head of one byte, the name of the count, and 0 in any of a number's forms. */
  private static boolean noneFailed(byte[] start, int length) {
    int count = 1 + FAILED_COUNT.length;
    if (length < count + MOST_HEAD_BYTES
        || (start[0] & MAJOR_TYPE) != MAP
        || !Arrays.equals(start, 1, count, FAILED_COUNT, 0, FAILED_COUNT.length)) {
      return false;
    }
    int form = start[count];
    if (form < SHORT || form >= SHORT + 4) {
      return form == 0;
    }
    int failed = 0;
    for (int i = 1 << (form - SHORT); i > 0; i--) {
      failed |= start[count + i];
    }
    return failed == 0;
  }

  @Override
  public int mostBytes(WireBatch batch, Destination stream) {
    return Math.addExact(
        batch.mostBytes() + REQUEST_BYTES + 4 * stream.text().length(),
        Math.multiplyExact(batch.size(), RECORD_BYTES + batch.mostKeyBytes()));
  }

  @Override
  public void encode(WireBatch batch, Destination stream, MutableBytes into) {
    int most = RECORD_BYTES + batch.mostKeyBytes();
    into.append(MAP_OF_TWO);
    into.append(RECORDS);
    into.advance(head(ARRAY, batch.size(), into.reserve(5), into.length()));
    for (int i = 0; i < batch.size(); i++) {
      byte[] array = into.reserve(most);
      int start = into.length();
      int at = put(RECORD_DATA, array, start);
      into.advance(at + head(BYTES, batch.bytes(i), array, at) - start);
      batch.append(i, into);
      into.advance(key(batch, i, into.reserve(most), into.length()));
    }
    batch.complete(into);
    into.append(text(stream.isArn() ? "StreamARN" : "StreamName"));
    into.append(text(stream.text()));
  }

  /**
   * Writes a record's key and what is in front of it: the key is moved up where its length takes
   * more than the usual byte.
   *
   * @return the bytes written
   */
  private static int key(WireBatch batch, int index, byte[] into, int start) {
    int at = put(PARTITION_KEY, into, start);
    int usual = at + 1;
    int bytes = batch.key(index, into, usual);
    if (bytes >= SHORT) {
      System.arraycopy(into, usual, into, at + headBytes(bytes), bytes);
    }
    return at + head(TEXT, bytes, into, at) + bytes - start;
  }

  /** Copies a constant and gives the place behind it. */
  private static int put(byte[] constant, byte[] into, int at) {
    System.arraycopy(constant, 0, into, at, constant.length);
    return at + constant.length;
  }

  /**
   * Writes the head of a value: its major type and its length (RFC 8949, section 3).
   *
   * @return the bytes written
   */
  private static int head(int majorType, int length, byte[] into, int at) {
    int bytes = headBytes(length);
    if (bytes == 1) {
      into[at] = (byte) (majorType | length);
    } else {
      // One, two or four bytes of length follow, the highest first.
      into[at] = (byte) (majorType | SHORT + Integer.numberOfTrailingZeros(bytes - 1));
      int rest = length;
      for (int i = at + bytes - 1; i > at; i--) {
        into[i] = (byte) rest;
        rest >>= 8;
      }
    }
    return bytes;
  }

  private static int headBytes(int length) {
    if (length < SHORT) {
      return 1;
    }
    return length < 1 << 8 ? 2 : length < 1 << 16 ? 3 : 5;
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MutableBytes bytes = new MutableBytes(utf8.length + 5);
    bytes.advance(head(TEXT, utf8.length, bytes.array(), 0));
    bytes.append(utf8);
    return Arrays.copyOf(bytes.array(), bytes.length());
  }

  private static byte[] recordStart() {
    MutableBytes bytes = new MutableBytes(8);
    bytes.append(MAP_OF_TWO);
    bytes.append(text("Data"));
    return Arrays.copyOf(bytes.array(), bytes.length());
  }
}
