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
  private Results from = new Results();
  private Results to = new Results();

  ProcessorChain(List<Processor> processors) {
    this.processors = List.copyOf(processors);
  }

  boolean isEmpty() {
    return processors.isEmpty();
  }

  /**
   * What the processors make of a record. Valid until the next call.
   *
   * @throws ProcessingException where one of them fails on it
   */
  Results process(RecordView record) throws ProcessingException {
    from.clear();
    from.forward(record);
    for (Processor processor : processors) {
      to.clear();
      for (int i = 0; i < from.size(); i++) {
        processor.process(from.view(i, record.context()), to);
      }
      Results swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  @Override
  public void close() {
    processors.forEach(Processor::close);
  }

  /** Records behind one another in a buffer. */
  static final class Results implements RecordSink, RecordView {
    private final MutableBytes bytes = new MutableBytes(4096);
    private final MutableBytes begun = new MutableBytes(4096);
    private int[] ends = new int[4];
    private int size;
    private int current;
    private RecordContext context;

    void clear() {
      bytes.clear();
      size = 0;
    }

    int size() {
      return size;
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
      }
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
