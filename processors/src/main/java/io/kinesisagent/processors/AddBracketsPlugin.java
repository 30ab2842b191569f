package io.kinesisagent.processors;

import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;

/** {@code ADDBRACKETS}: puts braces around a record. */
public final class AddBracketsPlugin implements ProcessorPlugin {
  @Override
  public String name() {
    return "ADDBRACKETS";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CommonSettings.JSON_FORMAT);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    return new AddBracketsProcessor(context.counter(CommonSettings.MALFORMED_BYTES));
  }
}
