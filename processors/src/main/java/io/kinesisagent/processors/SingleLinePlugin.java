package io.kinesisagent.processors;

import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;

/** {@code SINGLELINE}: makes one line of a record of several. */
public final class SingleLinePlugin implements ProcessorPlugin {
  private static final Setting<List<String>> PARSE_OPTIONS =
      Setting.choices(
              "parseOptions",
              List.of("NO_TRIM", "ESCAPE_NEW_LINE"),
              "NO_TRIM keeps the blanks around each line; ESCAPE_NEW_LINE joins lines with two"
                  + " backslashes and an n instead of nothing.")
          .defaultTo(List.of());

  @Override
  public String name() {
    return "SINGLELINE";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CommonSettings.JSON_FORMAT, PARSE_OPTIONS);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    List<String> options = settings.get(PARSE_OPTIONS);
    return new SingleLineProcessor(
        !options.contains("NO_TRIM"),
        options.contains("ESCAPE_NEW_LINE"),
        context.counter(CommonSettings.MALFORMED_BYTES));
  }
}
