package io.kinesisagent.backends;

import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch of given records, packed into one array behind some other bytes, as the agent's are; or
 * with gaps between the records, as in a batch of what failed of another.
 */
public final class TestBatch implements Batch {
  private final byte[] packed;
  private final int[] offsets;
  private final int[] lengths;
  private final String file;

  private TestBatch(List<byte[]> records, int gapBytes, String file) {
    this.file = file;
    int total = 7 + records.stream().mapToInt(record -> record.length + gapBytes).sum();
    packed = new byte[total];
    Arrays.fill(packed, (byte) '#');
    offsets = new int[records.size()];
    lengths = new int[records.size()];
    int at = 7;
    for (int i = 0; i < records.size(); i++) {
      byte[] record = records.get(i);
      System.arraycopy(record, 0, packed, at, record.length);
      offsets[i] = at;
      lengths[i] = record.length;
      at += record.length + gapBytes;
    }
  }

  public static TestBatch of(List<byte[]> records) {
    return new TestBatch(records, 0, "/var/log/app.log");
  }

  public static TestBatch withGaps(List<byte[]> records) {
    return new TestBatch(records, 3, "/var/log/app.log");
  }

  public static TestBatch ofFile(String file, String... records) {
    return new TestBatch(bytes(records), 0, file);
  }

  public static TestBatch ofLines(String... records) {
    return of(bytes(records));
  }

  /** {@code count} different lines. */
  public static TestBatch numbered(String prefix, int count) {
    return of(
        IntStream.range(0, count)
            .mapToObj(i -> (prefix + i + "\n").getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  private static List<byte[]> bytes(String... records) {
    return Arrays.stream(records).map(record -> record.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** A copy of one record's bytes. */
  public byte[] record(int index) {
    return Arrays.copyOfRange(packed, offsets[index], offsets[index] + lengths[index]);
  }

  /** The records as text. */
  public List<String> lines() {
    return IntStream.range(0, size())
        .mapToObj(i -> new String(record(i), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public int size() {
    return offsets.length;
  }

  @Override
  public int bytes() {
    return Arrays.stream(lengths).sum();
  }

  @Override
  public boolean wholeLines() {
    return lines().stream().allMatch(line -> line.endsWith("\n"));
  }

  @Override
  public void read(int index, RecordCursor into) {
    into.set(packed, offsets[index], lengths[index], context(index));
  }

  @Override
  public RecordContext context(int index) {
    return new Context(file, offsets[index]);
  }

  private record Context(String file, long offset) implements RecordContext {
    @Override
    public String flow() {
      return "test";
    }

    @Override
    public String host() {
      return "host";
    }

    @Override
    public String recordId() {
      return "0:" + offset;
    }
  }
}
