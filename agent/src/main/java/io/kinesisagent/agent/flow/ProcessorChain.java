package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a record through processors, one after the other, into buffers that are used again for every
 * record. Owned by the flow's thread.
 */
final class ProcessorChain implements AutoCloseable {
  private final List<Processor> processors;
  private final Described described;
  private Results from = new Results();
  private Results to = new Results();
  private int dropped;

  ProcessorChain(List<Processor> processors) {
    this.processors = List.copyOf(processors);
    this.described =
        processors.stream()
            .filter(Described.class::isInstance)
            .map(Described.class::cast)
            .findFirst()
            .orElse(null);
  }

  boolean isEmpty() {
    return processors.isEmpty();
  }

  /** Whether all processors take records. */
  boolean ready() {
    boolean ready = true;
    for (Processor processor : processors) {
      // Each is asked, for the first question is what some begin their work at.
      ready &= processor.ready();
    }
    return ready;
  }

  /** Knows more of the results than their bytes; null where no processor does. */
  Described described() {
    return described;
  }

  /** How many records processors dropped by rule in the last call of {@link #process}. */
  int dropped() {
    return dropped;
  }

  /**
   * What the processors make of a record. Valid until the next call.
   *
   * @throws ProcessingException where one of them fails on it
   */
  Results process(RecordView record) throws ProcessingException {
    dropped = 0;
    from.clear();
    if (processors.isEmpty()) {
      from.forward(record);
    }
    for (int p = 0; p < processors.size(); p++) {
      Processor processor = processors.get(p);
      int count = p == 0 ? 1 : from.size();
      to.clear();
      for (int i = 0; i < count; i++) {
        int before = to.size();
        to.nextOrigin(processor == described ? Results.OWN : p == 0 ? 0 : from.origin[i]);
        process(processor, p == 0 ? record : from.view(i, record.context()));
        dropped += to.size() == before ? 1 : 0;
      }
      Results swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private void process(Processor processor, RecordView record) throws ProcessingException {
    try {
      processor.process(record, to);
    } catch (RuntimeException | StackOverflowError e) {
      // A defect in a plugin costs the record its processing, not the flow its life.
      throw ProcessingException.failed(processor.getClass().getSimpleName() + ": " + e);
    }
  }

  @Override
  public void close() {
    processors.forEach(Processor::close);
  }

  /** Records behind one another in a buffer. */
  static final class Results implements RecordSink, RecordView {
    private static final int OWN = -1;

    private final MutableBytes bytes = new MutableBytes(4096);
    private final MutableBytes begun = new MutableBytes(4096);
    private int[] ends = new int[4];
    private int[] origin = new int[4];
    private int nextOrigin;
    private int size;
    private int current;
    private RecordContext context;

    void clear() {
      bytes.clear();
      begun.clear();
      nextOrigin = 0;
      size = 0;
    }

    int size() {
      return size;
    }

    /** Which of the records of the processor that describes them a result was made of. */
    int origin(int index) {
      return origin[index];
    }

    private void nextOrigin(int next) {
      nextOrigin = next;
    }

    RecordView view(int index, RecordContext newContext) {
      current = index;
      context = newContext;
      return this;
    }

    @Override
    public void forward(RecordView same) {
      bytes.append(same.array(), same.offset(), same.length());
      end();
    }

    @Override
    public MutableBytes begin() {
      begun.clear();
      return begun;
    }

    @Override
    public void commit() {
      bytes.append(begun.array(), 0, begun.length());
      begun.clear();
      end();
    }

    private void end() {
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
        origin = Arrays.copyOf(origin, size * 2);
      }
      origin[size] = nextOrigin == OWN ? size : nextOrigin;
      ends[size++] = bytes.length();
    }

    @Override
    public byte[] array() {
      return bytes.array();
    }

    @Override
    public int offset() {
      return current == 0 ? 0 : ends[current - 1];
    }

    @Override
    public int length() {
      return ends[current] - offset();
    }

    @Override
    public RecordContext context() {
      return context;
    }
  }
}
