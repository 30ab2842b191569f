package io.kinesisagent.agent.app;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of the program: finds the command and ends the process with its exit status. */
@Command(
    name = "aws-kinesis-agent",
    description = "Ships log files to Amazon Kinesis.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {
  private static final Logger LOG = LogManager.getLogger(Main.class);

  /** In the order in which the help has them. */
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("run", RunCommand.class),
          Map.entry("check", CheckCommand.class),
          Map.entry("try", TryCommand.class),
          Map.entry("status", StatusCommand.class),
          Map.entry("checkpoints", CheckpointsCommand.class),
          Map.entry("version", VersionCommand.class));

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /** Runs a command, and ends the process with an exit status out of {@link ExitCode}. */
  public static void main(String[] args) {
    // Until the agent is ready to stop, a stop would end the process as a crash does.
    if (args.length > 0 && args[0].equals("run")) {
      Signals.keep("TERM");
      Signals.keep("INT");
    }
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The command line that takes some arguments. Where they begin with a command it knows that one
   * alone: to look at all of them takes a tenth of a start.
   */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    boolean named = COMMANDS.stream().anyMatch(command -> isCalled(command, args));
    for (Map.Entry<String, Class<?>> command : COMMANDS) {
      if (!named || isCalled(command, args)) {
        line.addSubcommand(command.getKey(), command.getValue());
      }
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    sayWrongUseWithItsOwnStatus(line);
    line.setExecutionStrategy(StandardOutput::runAndCheck);
    return line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
  }

  private static boolean isCalled(Map.Entry<String, Class<?>> command, String... args) {
    return args.length > 0 && args[0].equals(command.getKey());
  }

  private static void sayWrongUseWithItsOwnStatus(CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
    line.getSubcommands().values().forEach(Main::sayWrongUseWithItsOwnStatus);
  }

  /** Whatever no command has foreseen ends the process with one clear line, and its trace. */
  private static int explain(Exception e, CommandLine command) {
    String name = command.getCommandName();
    if (e instanceof FileSystemException file) {
      command.getErr().println(name + ": cannot use the file " + FileFailure.text(file));
      command.getErr().flush();
      return ExitCode.IO_ERROR;
    }
    LOG.fatal("{}: {}", name, e.toString(), e);
    LastWords.say(LOG, Level.FATAL, name + " ends because of a defect of its own: " + e);
    return ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
