package io.kinesisagent.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process and its descendants, and what the kernel says they cost. Closing it ends them. */
final class MeasuredProcess implements AutoCloseable {
  private static final int CLOCK_TICKS_PER_SECOND = 100;

  private final Process process;
  private final Path log;

  private MeasuredProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code command}; what it prints goes to {@code log}. */
  static MeasuredProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    return new MeasuredProcess(builder.start(), log);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for the end; gives the exit status. */
  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time used so far, in milliseconds. */
  long cpuMillis() {
    return pids().map(MeasuredProcess::cpuMillis).sum();
  }

  /** The most that was resident, in bytes; of several processes, the sum of each one's most. */
  long peakRssBytes() {
    return pids().map(pid -> statusKilobytes(pid, "VmHWM:")).sum() * 1024;
  }

  /** What is resident, in bytes. */
  long rssBytes() {
    return pids().map(pid -> statusKilobytes(pid, "VmRSS:")).sum() * 1024;
  }

  private LongStream pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(ProcessHandle::pid);
  }

  private static long cpuMillis(long pid) {
    String stat = proc(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The second field, the program's name, may itself hold blanks and brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
        * 1000
        / CLOCK_TICKS_PER_SECOND;
  }

  private static long statusKilobytes(long pid, String field) {
    return proc(pid, "status")
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  /** Empty for a process that has ended. */
  private static String proc(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for the end, and after 15 s no longer asks. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
