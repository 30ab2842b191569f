package io.kinesisagent.agent.app;

import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.HostFacts;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The flows of an agent.json, read and made as the program does it, on real files, stepped by hand
 * within one thread on a clock of its own, which only {@link #work} moves; nothing hints at changes
 * unless that is given. They go to {@link KeptRecords}.
 */
final class ConfiguredAgent implements AutoCloseable, Clock {
  /** The host's processors. */
  static final int PROCESSORS = 2;

  private static final long HEAP_BYTES = 512L << 20;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path folder;
  private final KeptRecords kept = new KeptRecords();
  private final AgentConfig config;
  private final NioStateFile state;
  private final List<RunningFlow> flows = new ArrayList<>();
  private final TaskRunner runner =
      new TaskRunner("flows", this, (task, e) -> unexpected(e), (task, e) -> unexpected(e));
  private long nanos = 1;
  private long epochMillis = 1_700_000_000_000L;

  /**
   * An agent, not stepped yet.
   *
   * @param agentKeys as in agent.json, each followed by a comma
   * @param flows the members of each flow beside its file, app0.log, app1.log and so on
   */
  ConfiguredAgent(Path folder, String agentKeys, String... flows) {
    this(folder, wake -> ChangeSource.NONE, agentKeys, flows);
  }

  /**
   * An agent that is told of changes, not stepped yet.
   *
   * @param changes makes a flow's source of hints, which wakes it by what it is given
   */
  ConfiguredAgent(
      Path folder, Function<Runnable, ChangeSource> changes, String agentKeys, String... flows) {
    this.folder = folder;
    List<String> objects = new ArrayList<>();
    for (int i = 0; i < flows.length; i++) {
      objects.add(
          "{\"filePattern\": \""
              + folder.resolve("app" + i + ".log*")
              + "\", \"initialPosition\": \"START_OF_FILE\", \"maxBufferAgeMillis\": 1000, "
              + flows[i]
              + "}");
    }
    String text =
        "{"
            + agentKeys
            + "\"checkpointFile\": \""
            + folder.resolve("state/checkpoints")
            + "\", \"flows\": ["
            + String.join(", ", objects)
            + "]}";
    config = read(folder, text, kept).config();
    try {
      Files.createDirectories(folder.resolve("state"));
      state = new NioStateFile(config.checkpointFile());
      Checkpointer checkpointer =
          new Checkpointer(
              new JournalCheckpointStore(state, ConfiguredAgent::unexpected),
              this,
              ConfiguredAgent::unexpected);
      FlowLauncher launcher =
          new FlowLauncher(
              config,
              this,
              checkpointer,
              new JsonDeadLetters(config.deadLetterDirectory(), this, Runnable::run),
              changes);
      for (FlowConfig flow : config.flows()) {
        this.flows.add(launcher.launch(flow, runner, config.flows().size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the program's reader makes of a configuration without errors. */
  static ConfigResult.Valid read(Path folder, String text, KeptRecords kept) {
    Path main = folder.resolve("agent.json");
    try {
      Files.writeString(main, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConfigResult result =
        new ConfigReader(
                PluginCatalog.of(List.of(kept), List.of(new Choosy())),
                new HostFacts(
                    "agent", Map.of(), PROCESSORS, HEAP_BYTES, Optional.empty(), Set.of()))
            .read(main);
    if (result instanceof ConfigResult.Valid valid) {
      return valid;
    }
    throw new AssertionError(result.problems().toString());
  }

  private static void unexpected(String said) {
    throw new AssertionError(said);
  }

  private static void unexpected(Throwable failure) {
    throw new AssertionError(failure);
  }

  /** Leaves the steps to the program's own thread, which takes none before it is woken. */
  ConfiguredAgent runWhenWoken() {
    for (RunningFlow flow : flows) {
      runner.add(
          new Task() {
            @Override
            public String role() {
              return flow.role();
            }

            @Override
            public int doWork() throws Exception {
              return flow.doWork();
            }

            @Override
            public long idleUntilNanos(long nowNanos) {
              return nowNanos + TimeUnit.HOURS.toNanos(1);
            }
          });
    }
    runner.start();
    return this;
  }

  AgentConfig config() {
    return config;
  }

  KeptRecords kept() {
    return kept;
  }

  List<RunningFlow> flows() {
    return flows;
  }

  /** Appends to the first flow's file; each character is a byte. */
  ConfiguredAgent append(String bytes) {
    return append("app0.log", bytes);
  }

  ConfiguredAgent append(String name, String bytes) {
    try {
      Files.write(
          folder.resolve(name),
          bytes.getBytes(StandardCharsets.ISO_8859_1),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Makes the first flow's file empty. */
  ConfiguredAgent truncate() {
    try {
      Files.write(folder.resolve("app0.log"), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Works for some seconds of its clock, which passes only where there is nothing to do. */
  ConfiguredAgent work(long seconds) {
    long end = nanos + TimeUnit.SECONDS.toNanos(seconds);
    while (nanos < end) {
      if (step() == 0) {
        nanos += STEP_NANOS;
        epochMillis += TimeUnit.NANOSECONDS.toMillis(STEP_NANOS);
      }
    }
    return this;
  }

  private int step() {
    int work = 0;
    for (RunningFlow flow : flows) {
      try {
        work += flow.doWork();
      } catch (Exception e) {
        throw new AssertionError(flow.id() + " failed", e);
      }
    }
    return work;
  }

  /** What arrived since the last time, after some work. */
  List<String> takeSent() {
    return work(3).kept.take();
  }

  /**
   * Ends the flows as they are, whatever they hold, so that their status is that of this moment.
   */
  ConfiguredAgent giveUp() {
    flows.forEach(flow -> flow.stop(0));
    step();
    return this;
  }

  /** The lines of the dead letters. */
  List<String> letters() {
    List<String> letters = new ArrayList<>();
    if (Files.exists(config.deadLetterDirectory())) {
      try (Stream<Path> files = Files.list(config.deadLetterDirectory())) {
        for (Path file : files.toList()) {
          letters.addAll(Files.readAllLines(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return letters;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return epochMillis;
  }

  @Override
  public void close() {
    runner.stop();
    try {
      runner.join(0);
      for (RunningFlow flow : flows) {
        flow.abandon();
      }
      state.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
