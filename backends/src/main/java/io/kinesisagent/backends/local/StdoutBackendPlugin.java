package io.kinesisagent.backends.local;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;

/** {@code {"type": "stdout"}}: records on standard output, for a look or a pipe. */
public final class StdoutBackendPlugin implements BackendPlugin {
  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public String destinationId(Settings settings) {
    return "stdout";
  }

  @Override
  public String metricName(Settings settings) {
    return "Stdout";
  }

  @Override
  public int maxBatchBytes() {
    return 4 << 20;
  }

  /** The stream under the channel is the process's own and stays open. */
  @Override
  @SuppressWarnings("resource")
  public Backend create(Settings settings, PluginContext context) {
    return new StdoutBackend(new FileOutputStream(FileDescriptor.out).getChannel());
  }
}
