package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.StatePlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: what the running agent does. */
@Command(
    name = "status",
    description = {
      "Shows what the running agent does: each flow and file, how far behind, how fast, the last"
          + " error, and what became of every record read.",
      "Exit status: 0 where the agent answers, 69 where none runs, 77 where this user may not ask."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  @Mixin private ConfigOption configuration;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "All of it as JSON, for programs.")
  private boolean json;

  @Option(names = "--watch", description = "Drawn anew each second, until Ctrl-C.")
  private boolean watch;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    StatePlace place = configuration.statePlace();
    Path socket = StatusSocket.beside(place.checkpointFile());
    try {
      if (!watch) {
        show(StatusSocket.ask(socket), out);
        return ExitCode.OK;
      }
      out.print(HOME + CLEAR_BELOW);
      while (!StandardOutput.isLost(out)) {
        draw(StatusSocket.ask(socket), out);
        TimeUnit.SECONDS.sleep(1);
      }
      return ExitCode.IO_ERROR;
    } catch (IOException e) {
      place.doubts().forEach(spec.commandLine().getErr()::println);
      return refused(socket, place, e);
    }
  }

  private void show(AgentStatus status, PrintWriter out) throws IOException {
    if (json) {
      out.println(new String(status.toJson(), StandardCharsets.UTF_8));
    } else {
      StatusText.of(status).forEach(out::println);
    }
    out.flush();
  }

  private void draw(AgentStatus status, PrintWriter out) throws IOException {
    if (json) {
      show(status, out);
      return;
    }
    out.print(HOME);
    // A last line with its end would scroll the first one away.
    StatusText.of(status, Terminal.rows() - 1)
        .forEach(line -> out.print(line + CLEAR_LINE + "\r\n"));
    out.print(CLEAR_BELOW);
    out.flush();
  }

  private int refused(Path socket, StatePlace place, IOException e) {
    PrintWriter err = spec.commandLine().getErr();
    boolean forbidden =
        e instanceof AccessDeniedException
            || String.valueOf(e.getMessage()).contains("Permission denied")
            || (Files.exists(socket.getParent()) && !Files.isExecutable(socket.getParent()));
    if (forbidden) {
      err.println(
          "the agent's socket "
              + socket
              + " may be asked by its own user and by root only: try sudo, or sudo -u"
              + " aws-kinesis-agent-user");
      err.flush();
      return ExitCode.NO_PERMISSION;
    }
    boolean absent = e instanceof ConnectException || !Files.exists(socket);
    err.println(
        absent
            ? "no agent runs with the configuration "
                + configuration.file()
                + " (nothing answers at "
                + socket
                + (place.isDefault() ? ", the default place)" : ")")
            : "the agent does not answer at " + socket + ": " + e.getMessage());
    err.flush();
    return ExitCode.UNAVAILABLE;
  }
}
