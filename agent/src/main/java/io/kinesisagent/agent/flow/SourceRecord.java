package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordView;

/** The record that is being read, as processors see it. Used again for every record. */
final class SourceRecord implements RecordView {
  private final String flow;
  private final String host;
  private Tail tail;
  private byte[] array;
  private int start;
  private int length;
  private long position;
  private Described description;
  private int described;
  private final RecordContext context = new Context();

  SourceRecord(String flow, String host) {
    this.flow = flow;
    this.host = host;
  }

  void set(Tail newTail, byte[] newArray, int newStart, int newLength, long newPosition) {
    tail = newTail;
    array = newArray;
    start = newStart;
    length = newLength;
    position = newPosition;
    description = null;
  }

  /** Says which of the records that were made of this one is meant from now on. */
  void describe(Described by, int index) {
    description = by;
    described = index;
  }

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return start;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public RecordContext context() {
    return context;
  }

  private final class Context implements RecordContext {
    @Override
    public String flow() {
      return flow;
    }

    @Override
    public String file() {
      return tail.path().toString();
    }

    @Override
    public long offset() {
      return position;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public String recordId() {
      return PackedBatch.recordId(tail, position);
    }

    @Override
    public String attribute(String name) {
      return description == null ? null : description.attribute(described, name);
    }
  }
}
