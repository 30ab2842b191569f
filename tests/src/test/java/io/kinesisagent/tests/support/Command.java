package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A short command of {@code bin/aws-kinesis-agent} that has ended.
 *
 * @param exit its status
 * @param out what it printed on standard output
 * @param err and on standard error
 */
public record Command(int exit, String out, String err) {
  /** Runs a command on a workspace's configuration. */
  public static Command run(Workspace workspace, String... arguments) {
    return run(workspace, Map.of(), arguments);
  }

  /**
   * Runs a command on a workspace's configuration.
   *
   * @param environment added to this process's own
   */
  public static Command run(
      Workspace workspace, Map<String, String> environment, String... arguments) {
    return run(Checkout.top().resolve("bin"), workspace, environment, arguments);
  }

  /** Runs a command of an installation on a workspace's configuration. */
  public static Command run(Installation installation, Workspace workspace, String... arguments) {
    return run(installation.programs(), workspace, Map.of(), arguments);
  }

  private static Command run(
      Path programs, Workspace workspace, Map<String, String> environment, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(programs.resolve("aws-kinesis-agent").toString());
    line.addAll(List.of(arguments));
    line.add("-c");
    line.add(workspace.configuration().toString());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    Path errors = workspace.folder().resolve("command.err");
    builder.redirectError(errors.toFile());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      String err = Files.readString(errors);
      Secrets.requireNoneIn(out);
      Secrets.requireNoneIn(err);
      return new Command(exit, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a command runs", e);
    }
  }
}
