package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.spi.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code try}: what a flow would make of some lines. */
@Command(
    name = "try",
    description = {
      "Shows the exact records that a flow would make of sample lines, or why it would not; sends"
          + " nothing. Aggregation and compression come later: a note tells of them.",
      "Exit status: 0; 65 where a line became no record; 74 where the sample cannot be read; 78 where"
          + " the configuration has errors."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TryCommand implements Callable<Integer> {
  private static final int MOST_SAMPLE_BYTES = 64 << 20;

  @Mixin private ConfigOption configuration;
  @Spec private CommandSpec spec;

  @Option(names = "--flow", paramLabel = "ID", description = "The flow (default: the first).")
  private String flowId;

  @Option(names = "--raw", description = "The records alone, byte for byte.")
  private boolean raw;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "-",
      description = "Holds the sample lines; - for standard input (default).")
  private String file;

  @Override
  public Integer call() throws IOException, InvalidSettingException {
    PrintWriter err = spec.commandLine().getErr();
    try (PluginCatalog catalog = Plugins.installed()) {
      ConfigResult result =
          new ConfigReader(catalog, Plugins.host()).read(configuration.file().toAbsolutePath());
      if (!(result instanceof ConfigResult.Valid valid)) {
        result.problems().forEach(err::println);
        err.flush();
        return ExitCode.CONFIG;
      }
      List<FlowConfig> flows = valid.config().flows();
      Optional<FlowConfig> flow =
          flows.stream().filter(f -> flowId == null || f.id().equals(flowId)).findFirst();
      if (flow.isEmpty()) {
        err.println("there is no flow " + flowId + "; there are:");
        flows.forEach(f -> err.println("  " + f.id()));
        err.flush();
        return ExitCode.USAGE;
      }
      Path path = file.equals("-") ? Path.of("/stdin") : Path.of(file).toAbsolutePath();
      byte[] sample;
      try {
        sample = sample(flow.get());
      } catch (IOException e) {
        err.println("try: cannot use the file " + FileFailure.text(path, e));
        err.flush();
        return ExitCode.IO_ERROR;
      }
      Trial trial = new Trial(flow.get(), path, sample);
      return show(trial.run(), trial);
    }
  }

  /** The sample; its last line is taken as a whole one. */
  private byte[] sample(FlowConfig flow) throws IOException {
    byte[] sample;
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      sample = in.readNBytes(MOST_SAMPLE_BYTES);
    }
    Charset encoding = flow.settings().encoding();
    if (sample.length == 0
        || Newlines.of(encoding).lastEnd(sample, 0, sample.length) == sample.length) {
      return sample;
    }
    byte[] newline = "\n".getBytes(encoding);
    byte[] whole = Arrays.copyOf(sample, sample.length + newline.length);
    System.arraycopy(newline, 0, whole, sample.length, newline.length);
    return whole;
  }

  private int show(Map<Long, Trial.Outcome> outcomes, Trial trial) {
    if (raw) {
      PrintStream bytes = new PrintStream(System.out, false);
      outcomes.values().forEach(o -> o.records().forEach(r -> bytes.write(r, 0, r.length)));
      bytes.flush();
    } else {
      PrintWriter out = spec.commandLine().getOut();
      outcomes.forEach((offset, outcome) -> show(offset, outcome, out));
      if (!trial.packing().isEmpty()) {
        out.println("note: when they are sent, they are " + trial.packing());
      }
      out.flush();
    }
    boolean all = outcomes.values().stream().noneMatch(outcome -> outcome.records().isEmpty());
    return all ? ExitCode.OK : ExitCode.DATA;
  }

  private static void show(long offset, Trial.Outcome outcome, PrintWriter out) {
    for (byte[] record : outcome.records()) {
      out.println("offset " + offset + ", " + record.length + " bytes: " + escaped(record));
    }
    outcome.notes().forEach(note -> out.println("offset " + offset + ": " + note));
    if (outcome.records().isEmpty() && outcome.notes().isEmpty()) {
      out.println("offset " + offset + ": dropped by rule");
    }
  }

  /** Printing ASCII as it is, all else as in a string of C. */
  private static String escaped(byte[] record) {
    StringBuilder text = new StringBuilder(record.length + 2).append('"');
    for (byte b : record) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        default -> {
          if (b >= ' ' && b < 0x7f) {
            text.append((char) b);
          } else {
            text.append(String.format("\\x%02x", b & 0xff));
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
