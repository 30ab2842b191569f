package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;

/** Takes a line apart by its format and writes its fields as JSON. Makes no garbage. */
final class LogToJsonProcessor implements Processor {
  private final LineFormat format;
  private final boolean dashIsNull;
  private final JsonObjectWriter writer;
  private final UnmatchedSample sample;
  private final FieldSpans spans;
  private final ProcessingException unmatched =
      ProcessingException.unmatched("the line is not of the log format");

  LogToJsonProcessor(
      LineFormat format, boolean dashIsNull, JsonObjectWriter writer, UnmatchedSample sample) {
    this.format = format;
    this.dashIsNull = dashIsNull;
    this.writer = writer;
    this.sample = sample;
    this.spans = new FieldSpans(format.fieldNames().size());
  }

  @Override
  public void process(RecordView in, RecordSink sink) throws ProcessingException {
    byte[] bytes = in.array();
    int from = in.offset();
    int to = from + in.length();
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    spans.clear();
    if (!format.parse(bytes, from, to, spans)) {
      sample.show(bytes, from, to);
      throw unmatched;
    }
    if (dashIsNull) {
      spans.nullDashes(bytes);
    }
    MutableBytes out = sink.begin();
    writer.write(bytes, spans, out);
    sink.commit();
  }
}
