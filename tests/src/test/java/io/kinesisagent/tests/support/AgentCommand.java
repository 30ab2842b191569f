package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One run of a command of {@code aws-kinesis-agent}, such as {@code status}. */
public record AgentCommand(int exit, String out) {
  /** Runs a command on {@code workspace}'s configuration, to its end. */
  public static AgentCommand run(Workspace workspace, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Checkout.top().resolve("bin/aws-kinesis-agent").toString());
    line.addAll(List.of(arguments));
    line.add("-c");
    line.add(workspace.configuration().toString());
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new AgentCommand(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a command runs", e);
    }
  }
}
