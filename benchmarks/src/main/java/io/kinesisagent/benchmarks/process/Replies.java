package io.kinesisagent.benchmarks.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies of replies as long as the service's own, in which every record was accepted. */
final class Replies {
  private static final String SEQUENCE = "49543463076548007577105092703039560359975228518395012686";
  private static final String SHARD = "shardId-000000000000";
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;

  private Replies() {}

  /**
   * The reply to PutRecords.
   *
   * @param records negative for any other operation
   */
  static byte[] cbor(int records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (records < 0) {
      head(out, MAP, 0);
      return out.toByteArray();
    }
    head(out, MAP, 2);
    text(out, "FailedRecordCount");
    head(out, 0, 0);
    text(out, "Records");
    head(out, ARRAY, records);
    for (int i = 0; i < records; i++) {
      head(out, MAP, 2);
      text(out, "SequenceNumber");
      text(out, SEQUENCE);
      text(out, "ShardId");
      text(out, SHARD);
    }
    return out.toByteArray();
  }

  /** The reply to PutRecordBatch or PutRecords; {@code records} as for {@link #cbor}. */
  static byte[] json(boolean firehose, int records) {
    if (records < 0) {
      return "{}".getBytes(StandardCharsets.US_ASCII);
    }
    String entry =
        firehose
            ? "{\"RecordId\":\"" + SEQUENCE + "\"}"
            : "{\"SequenceNumber\":\"" + SEQUENCE + "\",\"ShardId\":\"" + SHARD + "\"}";
    String start =
        firehose
            ? "{\"FailedPutCount\":0,\"RequestResponses\":["
            : "{\"FailedRecordCount\":0,\"Records\":[";
    String body =
        start + (entry + ",").repeat(Math.max(0, records - 1)) + (records > 0 ? entry : "") + "]}";
    return body.getBytes(StandardCharsets.US_ASCII);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    head(out, TEXT, text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void head(ByteArrayOutputStream out, int major, int argument) {
    if (argument < 24) {
      out.write(major << 5 | argument);
    } else if (argument < 1 << Byte.SIZE) {
      out.write(major << 5 | 24);
      out.write(argument);
    } else {
      out.write(major << 5 | 25);
      out.write(argument >> Byte.SIZE);
      out.write(argument);
    }
  }
}
