package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.HostChecks;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: says everything that is wrong with a configuration, and ships nothing. */
@Command(
    name = "check",
    description = {
      "Says every problem of the configuration, each with its file, line and column, and what cannot"
          + " work on this host as it is now. Sends nothing.",
      "Exit status: 0 where the agent would start, 78 where the configuration has errors, 74 where"
          + " this user could not keep its checkpoints, 69 where --online finds that a destination"
          + " would take nothing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
  private static final String SUPERUSER = "root";

  @Mixin private ConfigOption configuration;

  /** Given by a reload, which checks with the service's own arguments. */
  @Mixin private LogOptions log;

  @Spec private CommandSpec spec;

  @Option(
      names = "--online",
      description = {
        "Also looks up region and credentials and asks each destination whether it is there."
            + " Sends no record."
      })
  private boolean online;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path file = configuration.file();
    if (log.areGiven()) {
      out.println("note: " + LogOptions.NOTE);
    }
    try (PluginCatalog catalog = Plugins.installed()) {
      return check(file, new ConfigReader(catalog, Plugins.host()).read(file), out);
    } finally {
      out.flush();
    }
  }

  private int check(Path file, ConfigResult result, PrintWriter out) {
    result.problems().forEach(out::println);
    long warnings = count(result, Severity.WARNING);
    if (!(result instanceof ConfigResult.Valid valid)) {
      out.println(
          file + ": " + Amounts.counted(count(result, Severity.ERROR), "error") + and(warnings));
      return ExitCode.CONFIG;
    }
    HostChecks host = new HostChecks(System.getProperty("user.name"));
    warnings += checkHost(host, valid.config(), out);
    List<String> hindrances = host.hindrances(valid.config());
    hindrances.forEach(hindrance -> out.println("error: " + hindrance));
    describe(valid.config(), out);
    int unavailable = 0;
    if (online) {
      OnlineCheck asked = new OnlineCheck(out);
      asked.check(valid.config());
      warnings += asked.doubts();
      unavailable = asked.failures();
    }
    out.println(
        file
            + ": no error"
            + and(warnings)
            + (unavailable == 0
                ? ""
                : ", " + Amounts.counted(unavailable, "destination") + " would take nothing")
            + (hindrances.isEmpty() ? "" : "; but the agent could not keep its checkpoints"));
    if (!hindrances.isEmpty()) {
      return ExitCode.IO_ERROR;
    }
    return unavailable == 0 ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private static int checkHost(HostChecks host, AgentConfig config, PrintWriter out) {
    List<String> findings = host.check(config);
    findings.forEach(finding -> out.println("warning: " + finding));
    if (SUPERUSER.equals(System.getProperty("user.name"))) {
      out.println(
          "note: root may read every file; to see what the service may, run: sudo -u"
              + " aws-kinesis-agent-user aws-kinesis-agent check");
    }
    return findings.size();
  }

  private static void describe(AgentConfig config, PrintWriter out) {
    for (FlowConfig flow : config.flows()) {
      out.println("flow " + flow.id() + " goes to " + flow.destination().metricName());
    }
  }

  private static long count(ConfigResult result, Severity severity) {
    return result.problems().stream().filter(p -> p.severity() == severity).count();
  }

  private static String and(long warnings) {
    return warnings == 0 ? "" : ", " + Amounts.counted(warnings, "warning");
  }
}
