package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.backends.wire.KinesisPutRecords;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.MutableBytes;
import java.security.MessageDigest;

/**
 * A batch made into the body of a Kinesis request, for benchmarks: in this package, since how
 * batches are packed is nobody else's business.
 */
public final class EncodedBatch {
  /** How records are joined. */
  public enum Form {
    /** Each by itself. */
    NONE,
    /** Lines, one behind the other. */
    NEWLINE,
    /** The Kinesis Producer Library's aggregates. */
    KPL
  }

  private static final int AGGREGATE_BYTES = 51_200;
  private static final int AGGREGATES = 80;
  private static final int LINE_BYTES = 174;
  private static final RequestLimits KINESIS = new RequestLimits(500, 4 << 20, 1 << 20);
  private static final Destination STREAM = new Destination("stream");

  private final Packer packer;
  private final KinesisPutRecords protocol = new KinesisPutRecords();
  private final MutableBytes body = new MutableBytes(5 << 20);

  /** The packer of a flow with that form. */
  public EncodedBatch(Form form) {
    PartitionKeyOption keys = new PartitionKeyOption.Random();
    packer =
        form == Form.NONE
            ? new PlainPacker(
                new BatchLimits(500, KINESIS.maxBytes(), KINESIS.maxRecordBytes(), 0), keys)
            : new JoiningPacker(
                Joining.valueOf(form.name()), Compression.NONE, keys, AGGREGATE_BYTES, KINESIS);
  }

  /**
   * Packs and encodes a batch.
   *
   * @return the bytes of the body
   */
  public int encode(Batch batch) {
    body.clear();
    try (Packed packed = packer.pack(batch)) {
      protocol.encode(packed.records(), STREAM, body);
    }
    return body.length();
  }

  /**
   * Parts of an array as long as a request of aggregates has them, digested side by side or not.
   */
  public static final class Digests {
    /** As many lines of an access log are in them. */
    public static final int LINES = AGGREGATES * (AGGREGATE_BYTES / LINE_BYTES);

    private final byte[] bytes = new byte[AGGREGATES * (AGGREGATE_BYTES + 100)];
    private final int[] starts = new int[AGGREGATES];
    private final int[] ends = new int[AGGREGATES];

    /** Parts whose lengths differ as those of aggregates of lines do. */
    public Digests() {
      for (int i = 0; i < AGGREGATES; i++) {
        starts[i] = i * (AGGREGATE_BYTES + 100) + 50;
        ends[i] = starts[i] + AGGREGATE_BYTES - i * 37 % 150;
      }
    }

    /** All side by side. */
    public void sideBySide() {
      Md5Lanes.digest(bytes, starts, ends, AGGREGATES);
    }

    /** One after the other, by the JVM's own code. */
    public int oneByOne() {
      MessageDigest md5 = PartitionKeyOption.md5();
      int sum = 0;
      for (int i = 0; i < AGGREGATES; i++) {
        md5.update(bytes, starts[i], ends[i] - starts[i]);
        sum += md5.digest()[0];
      }
      return sum;
    }
  }
}
