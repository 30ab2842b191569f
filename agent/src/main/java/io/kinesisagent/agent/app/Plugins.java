package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.HostFacts;
import io.kinesisagent.agent.config.PluginCatalog;
import java.nio.file.Path;
import java.util.Optional;

/** What the launcher says of this installation: where plugins are and where the log goes. */
final class Plugins {
  private Plugins() {}

  /** The plugins of the class path and of the plugins directory. */
  static PluginCatalog installed() {
    String directory = System.getProperty("agent.plugins.directory", "");
    return PluginCatalog.load(Plugins.class.getClassLoader(), Path.of(directory));
  }

  /** The facts of this process that the meaning of a configuration depends on. */
  static HostFacts host() {
    return HostFacts.ofThisProcess(
        Optional.ofNullable(System.getProperty("agent.log.own"))
            .filter(log -> !log.isEmpty())
            .map(Path::of));
  }
}
