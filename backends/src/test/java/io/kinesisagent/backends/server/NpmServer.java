package io.kinesisagent.backends.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server from {@code tests/npm}, run as a process of its own on a free port of 127.0.0.1. */
public final class NpmServer implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9]+)");

  private final Process process;
  private final int port;

  private NpmServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts kinesalite.
   *
   * @param options of its launcher, such as {@code --tls}
   */
  public static NpmServer kinesalite(String... options) throws IOException {
    Path npm = npmDirectory();
    if (!Files.isDirectory(npm.resolve("node_modules/kinesalite"))) {
      throw new AssertionError(
          "the servers that tests talk to are not installed in "
              + npm
              + "; bin/verify installs them (npm ci)");
    }
    List<String> command = new ArrayList<>(List.of("node", "kinesalite.js"));
    command.addAll(Arrays.asList(options));
    Process process =
        new ProcessBuilder(command)
            .directory(npm.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    Matcher matcher = LISTENING.matcher(line == null ? "" : line);
    if (!matcher.matches()) {
      process.destroyForcibly();
      throw new AssertionError("kinesalite did not start; it said: " + line);
    }
    return new NpmServer(process, Integer.parseInt(matcher.group(1)));
  }

  /** The folder of the lock file, seen from any module's folder. */
  private static Path npmDirectory() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path npm = at.resolve("tests/npm");
      if (Files.isRegularFile(npm.resolve("package-lock.json"))) {
        return npm;
      }
    }
    throw new AssertionError("tests/npm is not above " + Path.of("").toAbsolutePath());
  }

  public int port() {
    return port;
  }

  /** Kills it: some of these servers ignore a polite request when they are busy. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
