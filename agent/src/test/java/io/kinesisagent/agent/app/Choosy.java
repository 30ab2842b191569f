package io.kinesisagent.agent.app;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The processor CHOOSY: brackets a record, does not know the form of one that begins with a
 * question mark, and fails on one that begins with an exclamation mark.
 */
final class Choosy implements ProcessorPlugin {
  @Override
  public String name() {
    return "CHOOSY";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    return Choosy::process;
  }

  private static void process(RecordView in, RecordSink out) throws ProcessingException {
    byte first = in.array()[in.offset()];
    if (first == '?') {
      throw ProcessingException.unmatched("of another form");
    }
    if (first == '!') {
      throw ProcessingException.failed("broken");
    }
    MutableBytes made = out.begin();
    made.append('<');
    made.append(in.array(), in.offset(), in.length() - 1);
    byte[] end = ">\n".getBytes(StandardCharsets.US_ASCII);
    made.append(end, 0, end.length);
    out.commit();
  }
}
