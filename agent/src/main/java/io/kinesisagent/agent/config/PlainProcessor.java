package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.lang.reflect.Constructor;
import java.util.List;

/** A processor that is configured by nothing but its class. */
record PlainProcessor(Constructor<? extends Processor> constructor) implements Plugin<Processor> {
  @Override
  public String name() {
    return constructor.getDeclaringClass().getName();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the constructor of " + name() + " failed: " + (e.getCause() == null ? e : e.getCause()),
          e);
    }
  }
}
