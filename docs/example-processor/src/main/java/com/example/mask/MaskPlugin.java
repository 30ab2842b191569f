package com.example.mask;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;

/** Makes {@link MaskProcessor}s from their options in agent.json. */
public final class MaskPlugin implements ProcessorPlugin {
  private static final Setting<Long> MIN_DIGITS =
      Setting.integer(
              "minDigits", 1, 1000, "How many digits in a row are masked; fewer are left alone.")
          .defaultTo(12L);
  private static final Setting<String> MASK =
      Setting.string("mask", "The ASCII character that takes the place of each digit.")
          .defaultTo("*");

  @Override
  public String name() {
    return "MASK";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MIN_DIGITS, MASK);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) throws InvalidSettingException {
    String mask = settings.get(MASK);
    if (mask.length() != 1 || mask.charAt(0) < ' ' || mask.charAt(0) > '~') {
      throw new InvalidSettingException(MASK.name(), "must be one printable ASCII character");
    }
    return new MaskProcessor(
        Math.toIntExact(settings.get(MIN_DIGITS)),
        (byte) mask.charAt(0),
        context.counter("masked_numbers"));
  }
}
