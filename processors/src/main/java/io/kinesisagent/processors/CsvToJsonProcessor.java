package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;

/** Splits a line into fields and writes them as JSON. Makes no garbage. */
final class CsvToJsonProcessor implements Processor {
  private final FieldSplitter splitter;
  private final FieldSpans spans;
  private final JsonObjectWriter writer;

  CsvToJsonProcessor(FieldSplitter splitter, int fields, JsonObjectWriter writer) {
    this.splitter = splitter;
    this.spans = new FieldSpans(fields);
    this.writer = writer;
  }

  @Override
  public void process(RecordView in, RecordSink sink) throws ProcessingException {
    byte[] bytes = in.array();
    int from = in.offset();
    int to = from + in.length();
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    spans.clear();
    byte[] fieldBytes = splitter.split(bytes, from, to, spans);
    MutableBytes out = sink.begin();
    writer.write(fieldBytes, spans, out);
    sink.commit();
  }
}
