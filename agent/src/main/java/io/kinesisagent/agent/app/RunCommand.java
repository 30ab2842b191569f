package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.Problem;
import io.kinesisagent.agent.config.Severity;
import io.kinesisagent.agent.files.OwnOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: reads the configuration and ships until it is told to stop. */
@Command(
    name = "run",
    description = "Ships the files of the configuration, in the foreground, until it is stopped.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LogManager.getLogger(RunCommand.class);

  @Mixin private ConfigOption configuration;
  @Mixin private LogOptions log;

  @Override
  public Integer call() throws Exception {
    // The configuration is about to be read anyway; unhandled, the signal would end the process.
    Thread.setDefaultUncaughtExceptionHandler(LastWords::uncaught);
    Signals.handle("HUP", () -> LOG.debug("a reload is asked for before the start"));
    Path file = configuration.file().toAbsolutePath();
    PluginCatalog catalog = Plugins.installed();
    ConfigReader reader = new ConfigReader(catalog, Plugins.host().writingTo(OwnOutput.paths()));
    ConfigResult result = reader.read(file);
    if (!(result instanceof ConfigResult.Valid valid)) {
      for (Problem problem : result.problems()) {
        LastWords.say(LOG, level(problem.severity()), problem.toString());
      }
      LastWords.say(
          LOG, Level.ERROR, file + " has errors; nothing is shipped before they are mended");
      return ExitCode.CONFIG;
    }
    result.problems().forEach(RunCommand::log);
    LOG.info(
        "{} on Java {}, configuration {}",
        Version.userAgent(),
        System.getProperty("java.runtime.version"),
        names(valid.files()));
    if (log.areGiven()) {
      LOG.info(LogOptions.NOTE);
    }
    return Agent.run(valid, catalog, () -> reader.read(file));
  }

  /** Paths, for a sentence. */
  static String names(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** Says what was found in a configuration. */
  static void log(Problem problem) {
    LOG.log(level(problem.severity()), "{}", problem);
  }

  private static Level level(Severity severity) {
    return switch (severity) {
      case ERROR -> Level.ERROR;
      case WARNING -> Level.WARN;
      case NOTE -> Level.INFO;
    };
  }
}
