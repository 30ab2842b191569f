package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The agent as people run it: a process that {@code bin/start-aws-kinesis-agent} became. Closing it
 * kills it, should it still run, and fails when its log holds a secret.
 */
public final class AgentProcess implements AutoCloseable {
  private static final Path AGENT = Checkout.top().resolve("bin/start-aws-kinesis-agent");

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(30);
  private static final int CLOCK_TICKS_PER_SECOND = 100;

  private final Process process;
  private final Path log;

  private AgentProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the agent on {@code workspace}'s configuration with the launcher's defaults. */
  public static AgentProcess start(Workspace workspace) {
    return start(workspace, Map.of());
  }

  /**
   * Starts the agent on {@code workspace}'s configuration. Its log is appended to agent.log there.
   *
   * @param environment added to this process's own, such as JAVA_MAX_HEAP
   */
  public static AgentProcess start(Workspace workspace, Map<String, String> environment) {
    return start(AGENT, workspace, environment);
  }

  /** The same by another {@code program} than the checkout's. */
  public static AgentProcess start(
      Path program, Workspace workspace, Map<String, String> environment) {
    return start(List.of(program.toString()), workspace, environment);
  }

  /**
   * Starts the agent on {@code workspace}'s configuration by way of another program.
   *
   * @param program becomes the agent, as {@code setpriv} with its options does
   */
  public static AgentProcess startUnder(
      List<String> program, Workspace workspace, Map<String, String> environment) {
    List<String> command = new ArrayList<>(program);
    command.add(AGENT.toString());
    return start(command, workspace, environment);
  }

  private static AgentProcess start(
      List<String> program, Workspace workspace, Map<String, String> environment) {
    Path log = workspace.folder().resolve("agent.log");
    List<String> command = new ArrayList<>(program);
    command.add("-c");
    command.add(workspace.configuration().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(variables);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new AgentProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Sends SIGTERM and waits for the end; gives the exit status. */
  public int terminate() {
    process.destroy();
    return exitStatus();
  }

  /** Sends SIGTERM and waits for the end, which must be with exit status 0. */
  public void terminateCleanly() {
    int status = terminate();
    if (status != 0) {
      throw new AssertionError("a stop ended with " + status + "; " + logTail());
    }
  }

  /** Sends SIGHUP and waits until the agent says that it has read its configuration anew. */
  public void reload() {
    long before = reloads();
    try {
      new ProcessBuilder("kill", "-HUP", Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the agent reloads", e);
    }
    until("the agent reloads", EXIT_LIMIT, () -> reloads() > before);
  }

  private long reloads() {
    return log()
        .lines()
        .filter(line -> line.contains("Agent: reloaded") || line.contains("nothing is changed"))
        .count();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    exitStatus();
  }

  /** Waits for the end; gives the exit status. */
  public int exitStatus() {
    try {
      if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the agent does not end; its log: " + logTail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the agent ends", e);
    }
    return process.exitValue();
  }

  /** Waits until {@code fact} is so; fails at once when the agent ends before. */
  public void until(String what, Duration limit, BooleanSupplier fact) {
    until(what, limit, fact, () -> "no more is known");
  }

  /**
   * Waits until {@code fact} is so; fails at once when the agent ends before.
   *
   * @param state told beside the end of the agent's log when it fails
   */
  public void until(String what, Duration limit, BooleanSupplier fact, Supplier<String> state) {
    Supplier<String> told = () -> state.get() + "; " + logTail();
    AtomicBoolean so = new AtomicBoolean();
    Await.until(
        what,
        limit,
        () -> {
          boolean alive = alive();
          so.set(fact.getAsBoolean());
          return so.get() || !alive;
        },
        told);
    // Not asked again: what was so may not be so any longer.
    if (!so.get()) {
      throw new AssertionError(
          "the agent ended with " + exitStatus() + " before: " + what + "; " + told.get());
    }
  }

  /** All that the agent has logged in this workspace, earlier runs included. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory the process has had resident, in bytes. */
  public long peakRssBytes() {
    return statusKilobytes("VmHWM:") * 1024;
  }

  /** The memory the process has resident, in bytes. */
  public long rssBytes() {
    return statusKilobytes("VmRSS:") * 1024;
  }

  /** Processor time used so far, in milliseconds. */
  public long cpuMillis() {
    String stat = proc("stat");
    // The second field, the program's name, may itself hold blanks and brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
        * 1000
        / CLOCK_TICKS_PER_SECOND;
  }

  /** Makes the JVM collect all that it can, now. */
  public void collectGarbage() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process command =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (command.waitFor() != 0) {
        throw new AssertionError("jcmd cannot reach the agent; " + logTail());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the agent collects", e);
    }
  }

  /** The identities ({@link BasicFileAttributes#fileKey}) of the files it has open. */
  public Set<Object> openFiles() {
    Path descriptors = Path.of("/proc", Long.toString(pid()), "fd");
    try (Stream<Path> entries = Files.list(descriptors)) {
      return entries.map(AgentProcess::identity).collect(Collectors.toSet());
    } catch (IOException e) {
      // A process that has just ended has nothing open.
      return Set.of();
    }
  }

  private static Object identity(Path descriptor) {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      // Closed since it was listed; equal to no file.
      return descriptor;
    }
  }

  private long statusKilobytes(String field) {
    return proc("status")
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the agent has ended: " + logTail()));
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid()), file));
    } catch (IOException e) {
      throw new AssertionError("the agent has ended: " + logTail(), e);
    }
  }

  private String logTail() {
    List<String> lines = log().lines().toList();
    return "its log ends:\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  @Override
  public void close() {
    if (alive()) {
      kill();
    }
    Secrets.requireNoneIn(log());
  }
}
