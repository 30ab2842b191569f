package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordCursor;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;

/** PutRecordBatch of Firehose in the AWS JSON 1.1 protocol, with the records' data in base64. */
public final class FirehosePutRecordBatch implements WireProtocol {
  private static final byte[] RECORD_START = ascii("{\"Data\":\"");
  private static final byte[] RECORD_END = ascii("\"}");

  private final ReplyReader replies =
      new ReplyReader(new JsonFactory(), "FailedPutCount", "RequestResponses");

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

  @Override
  public int mostBytes(WireBatch batch, Destination stream) {
    long base64 = (batch.mostBytes() + 2L * batch.size()) / 3 * 4 + 4L * batch.size();
    return Math.toIntExact(base64 + 16L * batch.size() + 64 + stream.text().length());
  }

  @Override
  public void encode(WireBatch batch, Destination stream, MutableBytes into) {
    RecordCursor cursor = new RecordCursor();
    // A delivery stream's name has no character that JSON escapes.
    into.append("{\"DeliveryStreamName\":\"" + stream.text() + "\",\"Records\":[");
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      if (i > 0) {
        into.append(',');
      }
      into.append(RECORD_START);
      Base64Writer.append(cursor.array(), cursor.offset(), cursor.length(), into);
      into.append(RECORD_END);
    }
    into.append("]}");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
