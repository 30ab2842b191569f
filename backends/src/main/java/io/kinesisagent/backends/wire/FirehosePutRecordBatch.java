package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;

/** PutRecordBatch of Firehose in the AWS JSON 1.1 protocol, with the records' data in base64. */
public final class FirehosePutRecordBatch implements WireProtocol {
  private static final byte[] NONE_FAILED = ascii("{\"FailedPutCount\":0,");
  private static final byte[] RECORD_START = ascii("{\"Data\":\"");
  private static final byte[] RECORD_END = ascii("\"}");

  /** What most records have room in that are not joined. */
  private static final int USUAL_BYTES = 1024;

  private final ReplyReader replies =
      new ReplyReader(
          new JsonFactory(),
          FirehosePutRecordBatch::noneFailed,
          "FailedPutCount",
          "RequestResponses");

  @Override
  public String service() {
    return "firehose";
  }

  @Override
  public String target() {
    return "Firehose_20150804.PutRecordBatch";
  }

  @Override
  public String contentType() {
    return "application/x-amz-json-1.1";
  }

  @Override
  public ReplyReader replies() {
    return replies;
  }

  private static boolean noneFailed(byte[] start, int length) {
    int enough = NONE_FAILED.length;
    return length >= enough && Arrays.equals(start, 0, enough, NONE_FAILED, 0, enough);
  }

  @Override
  public int mostBytes(WireBatch batch, Destination stream) {
    long base64 = (batch.mostBytes() + 2L * batch.size()) / 3 * 4 + 4L * batch.size();
    return Math.toIntExact(base64 + 16L * batch.size() + 64 + stream.text().length());
  }

  @Override
  public void encode(WireBatch batch, Destination stream, MutableBytes into) {
    MutableBytes data = new MutableBytes(USUAL_BYTES);
    // A delivery stream's name has no character that JSON escapes.
    into.append("{\"DeliveryStreamName\":\"" + stream.text() + "\",\"Records\":[");
    for (int i = 0; i < batch.size(); i++) {
      data.clear();
      batch.append(i, data);
      batch.complete(data);
      if (i > 0) {
        into.append(',');
      }
      into.append(RECORD_START);
      Base64Writer.append(data.array(), 0, data.length(), into);
      into.append(RECORD_END);
    }
    into.append("]}");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
