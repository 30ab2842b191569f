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

  private static final int TEXT = 0x60;
  private static final int BYTES = 0x40;
  private static final int ARRAY = 0x80;
  private static final int MAP_OF_TWO = 0xa2;

  private static final byte[] RECORDS = text("Records");
  private static final byte[] RECORD_DATA = recordStart();
  private static final byte[] PARTITION_KEY = text("PartitionKey");

  private final ReplyReader replies =
      new ReplyReader(new CBORFactory(), "FailedRecordCount", "Records");

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

  @Override
  public int mostBytes(WireBatch batch, Destination stream) {
    return Math.addExact(
        batch.mostBytes() + REQUEST_BYTES + 4 * stream.text().length(),
        Math.multiplyExact(batch.size(), RECORD_BYTES + batch.mostKeyBytes()));
  }

  @Override
  public void encode(WireBatch batch, Destination stream, MutableBytes into) {
    byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
    into.append(MAP_OF_TWO);
    into.append(RECORDS);
    head(ARRAY, batch.size(), into);
    for (int i = 0; i < batch.size(); i++) {
      into.append(RECORD_DATA);
      head(BYTES, batch.bytes(i), into);
      batch.append(i, into);
      into.append(PARTITION_KEY);
      int keyBytes = batch.key(i, key, 0);
      head(TEXT, keyBytes, into);
      into.append(key, 0, keyBytes);
    }
    batch.complete(into);
    into.append(text(stream.isArn() ? "StreamARN" : "StreamName"));
    into.append(text(stream.text()));
  }

  /** The head of a value: its major type and its length (RFC 8949, section 3). */
  private static void head(int majorType, int length, MutableBytes into) {
    byte[] array = into.reserve(5);
    int at = into.length();
    if (length < 24) {
      array[at++] = (byte) (majorType | length);
    } else if (length < 1 << 8) {
      array[at++] = (byte) (majorType | 24);
      array[at++] = (byte) length;
    } else if (length < 1 << 16) {
      array[at++] = (byte) (majorType | 25);
      array[at++] = (byte) (length >> 8);
      array[at++] = (byte) length;
    } else {
      array[at++] = (byte) (majorType | 26);
      array[at++] = (byte) (length >> 24);
      array[at++] = (byte) (length >> 16);
      array[at++] = (byte) (length >> 8);
      array[at++] = (byte) length;
    }
    into.advance(at - into.length());
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MutableBytes bytes = new MutableBytes(utf8.length + 5);
    head(TEXT, utf8.length, bytes);
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
