package io.kinesisagent.processors;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.util.List;

/** Wraps a line in a JSON object of prepared parts. */
final class AddMetadataProcessor implements Processor {
  /**
   * What stands between the values that depend on the record.
   *
   * @param open begins the object
   * @param timestamp begins the time's member, its value's quote included; empty for no time
   * @param context begins the context's object; empty for no context
   * @param contextEnd ends it
   * @param metadata the whole member of the metadata, and the beginning of the line's
   * @param close ends the object
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Parts(
      byte[] open,
      byte[] timestamp,
      byte[] context,
      byte[] contextEnd,
      byte[] metadata,
      byte[] close) {}

  private final Parts parts;
  private final List<ContextField> fields;
  private final Clock clock;
  private final Counter malformedBytes;
  private final UtcTime time = new UtcTime();

  AddMetadataProcessor(Parts parts, List<ContextField> fields, PluginContext context) {
    this.parts = parts;
    this.fields = List.copyOf(fields);
    this.clock = context.clock();
    this.malformedBytes = context.counter(CommonSettings.MALFORMED_BYTES);
  }

  @Override
  public void process(RecordView in, RecordSink sink) {
    byte[] bytes = in.array();
    int from = in.offset();
    int to = from + in.length();
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    MutableBytes out = sink.begin();
    out.append(parts.open());
    if (parts.timestamp().length > 0) {
      out.append(parts.timestamp());
      time.append(clock.epochMillis(), out);
      out.append('"');
    }
    if (parts.context().length > 0) {
      out.append(parts.context());
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).append(in.context(), out);
      }
      out.append(parts.contextEnd());
    }
    out.append(parts.metadata());
    int malformed = JsonText.appendString(bytes, from, to, out);
    out.append(parts.close());
    sink.commit();
    if (malformed > 0) {
      malformedBytes.add(malformed);
    }
  }
}
