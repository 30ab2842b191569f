package io.kinesisagent.agent.app;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.StatePlace;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.files.StateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code checkpoints}: shows and changes how far each file is taken to be delivered. */
@Command(
    name = "checkpoints",
    description = {
      "Shows and changes how far each file is taken to be delivered. All but list and export need"
          + " the agent to be stopped.",
      "Exit status: 0 when done, 64 where there is no such checkpoint, 65 where a file to import is"
          + " not what export writes, 69 where the agent runs, 74 where a file cannot be read or"
          + " written, 78 where the configuration does not tell where the checkpoints are."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckpointsCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      description = "Shows each file's checkpoint, also while the agent runs.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int list(@Mixin ConfigOption configuration) {
    return perform(
        configuration,
        own -> {
          List<Checkpoint> all = new ArrayList<>(readOnly(own).all());
          all.sort(
              Comparator.comparing(Checkpoint::flow)
                  .thenComparing(checkpoint -> checkpoint.tail().path()));
          PrintWriter out = spec.commandLine().getOut();
          String flow = null;
          for (Checkpoint checkpoint : all) {
            if (!checkpoint.flow().equals(flow)) {
              flow = checkpoint.flow();
              out.println("flow " + flow);
            }
            out.println(row(checkpoint));
          }
          out.println(Amounts.counted(all.size(), "checkpoint"));
        });
  }

  private static String row(Checkpoint checkpoint) {
    long offset = checkpoint.tail().position().offset();
    long left = Math.max(0, checkpoint.tail().size() - offset);
    return String.format(
        Locale.ROOT,
        "  %s  %14s %s  %s",
        Instant.ofEpochMilli(checkpoint.epochMillis()).truncatedTo(ChronoUnit.SECONDS),
        Amounts.count(offset),
        left == 0 ? "all " : "of " + Amounts.count(checkpoint.tail().size()),
        checkpoint.tail().path());
  }

  @Command(
      name = "export",
      description = "Writes all checkpoints as JSON lines, as import takes them.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int export(@Mixin ConfigOption configuration) {
    return perform(
        configuration,
        own -> {
          JournalCheckpointStore store = readOnly(own);
          print(JournalCheckpointStore.journal(store.flows(), store.all(), now()));
        });
  }

  @Command(
      name = "import",
      description = {
        "Puts the checkpoints of a file that export wrote in place of all there are.",
        "The file before is kept beside as ….previous."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int importFrom(
      @Mixin ConfigOption configuration,
      @Parameters(paramLabel = "FILE", description = "What export wrote.") Path file) {
    return change(
        configuration,
        own -> {
          JournalCheckpointStore imported = readExport(file);
          replace(own, JournalCheckpointStore.journal(imported.flows(), imported.all(), now()));
          say(Amounts.counted(imported.all().size(), "checkpoint") + " imported");
        });
  }

  private JournalCheckpointStore readExport(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(FileFailure.text(file, e), e);
    }
    try {
      JournalCheckpointStore.requireWhole(content);
    } catch (IOException e) {
      throw new WrongContent(file + " is not what export writes: " + e.getMessage(), e);
    }
    return new JournalCheckpointStore(new Unchanging(content), this::say);
  }

  @Command(
      name = "reset",
      description = {
        "Forgets the checkpoints of a flow, or of one file of it.",
        "A whole flow begins as at its first start, where initialPosition says; a single file is"
            + " read from its start."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int reset(
      @Mixin ConfigOption configuration,
      @Option(names = "--flow", paramLabel = "ID", required = true, description = "The flow.")
          String flow,
      @Option(names = "--file", paramLabel = "PATH", description = "One file of it.") Path file) {
    return change(
        configuration,
        own -> {
          JournalCheckpointStore store = readOnly(own);
          List<String> flows = new ArrayList<>(store.flows());
          List<Checkpoint> kept =
              store.all().stream()
                  .filter(
                      checkpoint ->
                          !checkpoint.flow().equals(flow)
                              || (file != null && !checkpoint.tail().path().equals(file)))
                  .toList();
          int forgotten = store.all().size() - kept.size();
          boolean known = file == null && flows.remove(flow);
          if (forgotten == 0 && !known) {
            throw new CommandLine.ParameterException(
                spec.subcommands().get("reset"),
                "there is no checkpoint of "
                    + (file == null ? "flow " + flow : file.toString())
                    + "; flows with checkpoints: "
                    + String.join(", ", store.flows()));
          }
          replace(own, JournalCheckpointStore.journal(flows, kept, now()));
          say(Amounts.counted(forgotten, "checkpoint") + " forgotten");
        });
  }

  /** A file that was read, but holds something else than it should. */
  private static final class WrongContent extends IOException {
    private static final long serialVersionUID = 1;

    WrongContent(String message, IOException cause) {
      super(message, cause);
    }
  }

  private interface Work {
    void on(Path checkpointFile) throws IOException, StateLock.HeldException;
  }

  private interface Change {
    void on(Path checkpointFile) throws IOException;
  }

  private int change(ConfigOption configuration, Change change) {
    return perform(
        configuration,
        own -> {
          try (StateLock lock = StateLock.take(own)) {
            change.on(own);
          }
        });
  }

  private int perform(ConfigOption configuration, Work work) {
    StatePlace place = configuration.statePlace();
    if (!place.doubts().isEmpty()) {
      place.doubts().forEach(spec.commandLine().getErr()::println);
      return failed(
          ExitCode.CONFIG,
          "which checkpoints are meant is not known; nothing was shown or changed");
    }
    try {
      work.on(place.checkpointFile());
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (StateLock.HeldException e) {
      return failed(ExitCode.UNAVAILABLE, e.getMessage());
    } catch (WrongContent e) {
      return failed(ExitCode.DATA, e.getMessage());
    } catch (IOException e) {
      return failed(ExitCode.IO_ERROR, FileFailure.text(e));
    }
  }

  private int failed(int status, String why) {
    spec.commandLine().getErr().println(why);
    spec.commandLine().getErr().flush();
    return status;
  }

  /** The checkpoints as they are; nothing is written, so the agent may run. */
  private JournalCheckpointStore readOnly(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no checkpoint file " + file);
    }
    return new JournalCheckpointStore(new Unchanging(Files.readAllBytes(file)), this::say);
  }

  private static void replace(Path own, byte[] journal) throws IOException {
    try (NioStateFile file = new NioStateFile(own)) {
      file.replace(journal);
    }
  }

  private void say(String sentence) {
    spec.commandLine().getOut().println(sentence);
  }

  private void print(byte[] lines) {
    spec.commandLine().getOut().print(new String(lines, StandardCharsets.UTF_8));
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** Content that is read and that nobody writes. */
  private static final class Unchanging implements StateFile {
    private final byte[] content;

    Unchanging(byte[] content) {
      this.content = content;
    }

    @Override
    public byte[] read() {
      return content;
    }

    @Override
    public byte[] readPrevious() {
      return new byte[0];
    }

    @Override
    public void append(byte[] bytes) throws IOException {
      throw new IOException("read only");
    }

    @Override
    public void sync() {}

    @Override
    public void replace(byte[] newContent) {}

    @Override
    public String keepAside(String suffix) {
      return "it was";
    }
  }
}
