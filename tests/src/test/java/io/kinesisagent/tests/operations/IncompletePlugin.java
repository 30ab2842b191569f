package io.kinesisagent.tests.operations;

import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;

/** A processor that needs a class which its jar lacks, once there is a record. */
public final class IncompletePlugin implements ProcessorPlugin {
  /** What the jar lacks. */
  static final class Missing {
    private Missing() {}

    static boolean here() {
      return true;
    }
  }

  @Override
  public String name() {
    return "INCOMPLETE";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    return (in, sink) -> {
      if (Missing.here()) {
        sink.forward(in);
      }
    };
  }
}
