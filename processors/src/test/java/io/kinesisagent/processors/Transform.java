package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hands a record to a processor, in the middle of a larger array, and keeps what comes out. */
final class Transform implements RecordSink {
  static final RecordContext CONTEXT = new FixedContext("/var/log/app.log", 4711);

  /** A record's origin, as a test wants it. */
  record FixedContext(String file, long offset) implements RecordContext {
    @Override
    public String flow() {
      return "kinesis:stream:/var/log/app*";
    }

    @Override
    public String host() {
      return "host-1";
    }

    @Override
    public String recordId() {
      return "g1-" + offset;
    }
  }

  private static final int MARGIN = 3;

  private final MutableBytes buffer = new MutableBytes(1);
  private final List<byte[]> records = new ArrayList<>();

  /** What a processor makes of one record, which must be one record. */
  static byte[] one(Processor processor, byte[] record) throws ProcessingException {
    List<byte[]> records = all(processor, record);
    if (records.size() != 1) {
      throw new AssertionError(records.size() + " records came out of one");
    }
    return records.get(0);
  }

  /** The same in text. */
  static String one(Processor processor, String record) throws ProcessingException {
    return new String(
        one(processor, record.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  static List<byte[]> all(Processor processor, byte[] record) throws ProcessingException {
    byte[] around = new byte[record.length + 2 * MARGIN];
    Arrays.fill(around, (byte) '"');
    System.arraycopy(record, 0, around, MARGIN, record.length);
    RecordCursor cursor = new RecordCursor();
    cursor.set(around, MARGIN, record.length, CONTEXT);
    Transform transform = new Transform();
    processor.process(cursor, transform);
    return transform.records;
  }

  @Override
  public void forward(RecordView same) {
    records.add(Arrays.copyOfRange(same.array(), same.offset(), same.offset() + same.length()));
  }

  @Override
  public MutableBytes begin() {
    buffer.clear();
    return buffer;
  }

  @Override
  public void commit() {
    records.add(Arrays.copyOf(buffer.array(), buffer.length()));
  }
}
