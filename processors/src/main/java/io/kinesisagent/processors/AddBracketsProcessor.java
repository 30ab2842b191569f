package io.kinesisagent.processors;

import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Utf8;

/** Puts braces around a record's bytes, its newline inside. Makes no garbage. */
final class AddBracketsProcessor implements Processor {
  private final Counter malformedBytes;

  AddBracketsProcessor(Counter malformedBytes) {
    this.malformedBytes = malformedBytes;
  }

  @Override
  public void process(RecordView in, RecordSink sink) {
    MutableBytes out = sink.begin();
    out.append('{');
    int malformed = Utf8.appendWellFormed(in.array(), in.offset(), in.offset() + in.length(), out);
    out.append('}');
    sink.commit();
    if (malformed > 0) {
      malformedBytes.add(malformed);
    }
  }
}
