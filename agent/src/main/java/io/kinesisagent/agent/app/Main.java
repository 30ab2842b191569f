package io.kinesisagent.agent.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of the program: finds the command and ends the process with its exit status. */
@Command(
    name = "aws-kinesis-agent",
    description = "Ships log files to Amazon Kinesis.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      TryCommand.class,
      StatusCommand.class,
      CheckpointsCommand.class,
      VersionCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /** Runs a command, and ends the process with an exit status out of {@link ExitCode}. */
  public static void main(String[] args) {
    // Until the agent is ready to stop, a stop would end the process as a crash does.
    if (args.length > 0 && args[0].equals("run")) {
      Signals.keep("TERM");
      Signals.keep("INT");
    }
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests and for {@link #main}. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
