package io.kinesisagent.agent.batch;

import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A batch: one array of records, an index, and the spans of files that its records cover. Filled by
 * the flow's thread, read by any while it is being sent, and used again once it has settled. Its
 * bytes belong to the memory budget from when the {@link Batcher} opens it until {@link
 * Batcher#release}.
 */
public final class PackedBatch implements Batch {
  /** The part of a batch that comes from one file. */
  public static final class Span {
    private final Tail tail;
    private final String path;
    private final long appendedAtNanos;
    private int records;
    private int deadLettered;
    private long ticket = -1;

    Span(Tail tail, long firstOffset) {
      this.tail = tail;
      this.appendedAtNanos = tail.appendedAtNanos(firstOffset);
      this.path = tail.path().toString();
    }

    public Tail tail() {
      return tail;
    }

    /** When the first of its records was appended to the file, as near as is known. */
    public long appendedAtNanos() {
      return appendedAtNanos;
    }

    /** The records of the batch that come from this file. */
    public int records() {
      return records;
    }

    /** Those of them that are not in the dead letters. */
    public int delivered() {
      return records - deadLettered;
    }
  }

  private final String flow;
  private final String host;
  private final List<Span> spans = new ArrayList<>();
  private Span lastSpan;
  private int lastSpanIndex;
  private byte[] data = new byte[0];
  private int length;
  private int count;
  private int[] ends = new int[64];
  private int[] spanOf = new int[64];
  private long[] offsets = new long[64];
  private final Map<Integer, Failure> refused = new TreeMap<>();
  private boolean wholeLines;
  private long openedAtNanos;
  private int unsettled;

  PackedBatch(String flow, String host) {
    this.flow = flow;
    this.host = host;
  }

  void open(byte[] array, long nowNanos) {
    data = array;
    length = 0;
    count = 0;
    wholeLines = true;
    refused.clear();
    spans.clear();
    openedAtNanos = nowNanos;
  }

  /** Moves the records to a larger array and returns the other. */
  byte[] replaceArray(byte[] larger) {
    System.arraycopy(data, 0, larger, 0, length);
    byte[] smaller = data;
    data = larger;
    return smaller;
  }

  byte[] takeArray() {
    byte[] array = data;
    data = new byte[0];
    return array;
  }

  int capacity() {
    return data.length;
  }

  /** The records that there is room for without growing. */
  int mostRecords() {
    return ends.length;
  }

  void add(Tail tail, byte[] source, int offset, int size, long sourceOffset) {
    System.arraycopy(source, offset, data, length, size);
    length += size;
    wholeLines &= size > 0 && data[length - 1] == '\n';
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      spanOf = Arrays.copyOf(spanOf, count * 2);
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    if (lastSpan == null || lastSpan.tail != tail) {
      lastSpanIndex = spanFor(tail, sourceOffset);
      lastSpan = spans.get(lastSpanIndex);
    }
    lastSpan.records++;
    ends[count] = length;
    spanOf[count] = lastSpanIndex;
    offsets[count] = sourceOffset;
    count++;
  }

  void refuseLast(Failure reason) {
    refused.put(count - 1, reason);
  }

  private int spanFor(Tail tail, long offset) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      if (spans.get(i).tail == tail) {
        return i;
      }
    }
    spans.add(new Span(tail, offset));
    return spans.size() - 1;
  }

  boolean covers(Tail tail) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      if (spans.get(i).tail == tail) {
        return true;
      }
    }
    return false;
  }

  void seal() {
    for (Span span : spans) {
      span.ticket = span.tail.track();
    }
    lastSpan = null;
    unsettled = count;
  }

  /** When the first record came in. */
  public long openedAtNanos() {
    return openedAtNanos;
  }

  /** The files whose records are in this batch. */
  public List<Span> spans() {
    return spans;
  }

  /** The records that are for the dead letters, by their indexes, and why. */
  public Map<Integer, Failure> refused() {
    return refused;
  }

  /** The file that a record comes from. */
  public Tail tail(int index) {
    return spans.get(spanOf[index]).tail;
  }

  /** Takes note that a record is in the dead letters. */
  public void deadLettered(int index) {
    spans.get(spanOf[index]).deadLettered++;
  }

  /**
   * Takes note that some records have come to their end.
   *
   * @return whether all have
   */
  public boolean settled(int records) {
    unsettled -= records;
    if (unsettled < 0) {
      throw new IllegalStateException("a record settled twice");
    }
    return unsettled == 0;
  }

  /** Settles the spans. Called once, when all records have come to their end. */
  public void settleSpans() {
    for (Span span : spans) {
      span.tail.settle(span.ticket);
    }
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public int bytes() {
    return length;
  }

  @Override
  public boolean wholeLines() {
    return wholeLines;
  }

  @Override
  public void read(int index, RecordCursor into) {
    int start = index == 0 ? 0 : ends[index - 1];
    into.set(data, start, ends[index] - start, this, index);
  }

  @Override
  public RecordContext context(int index) {
    return new Context(spans.get(spanOf[index]), offsets[index]);
  }

  private final class Context implements RecordContext {
    private final Span span;
    private final long offset;

    Context(Span span, long offset) {
      this.span = span;
      this.offset = offset;
    }

    @Override
    public String flow() {
      return flow;
    }

    @Override
    public String file() {
      return span.path;
    }

    @Override
    public long offset() {
      return offset;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public String recordId() {
      return PackedBatch.recordId(span.tail, offset);
    }
  }

  /** The name of the record that begins at an offset of a generation. */
  public static String recordId(Tail tail, long offset) {
    return tail.generation() + ":" + offset;
  }
}
