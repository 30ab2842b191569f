package io.kinesisagent.agent.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the commands print, which is lost where a disk is full or a reader has gone. */
final class StandardOutput {
  private StandardOutput() {}

  /** Whether something that was printed so far could not be written. */
  static boolean isLost(PrintWriter out) {
    // The writer does not see the failures of the stream below it.
    boolean lost = out.checkError();
    return System.out.checkError() || lost;
  }

  /**
   * Runs a command. Where what it printed is lost, that is said, and it is a failure of a command
   * that has no other.
   */
  static int runAndCheck(ParseResult parsed) {
    int status = new CommandLine.RunLast().execute(parsed);
    CommandLine line = parsed.commandSpec().commandLine();
    // What the agent itself prints is a destination's or the log's.
    boolean isAgent =
        parsed.hasSubcommand() && parsed.subcommand().commandSpec().name().equals("run");
    if (isAgent || !isLost(line.getOut())) {
      return status;
    }
    line.getErr()
        .println("standard output cannot be written: what was to be printed is incomplete");
    line.getErr().flush();
    return status == ExitCode.OK ? ExitCode.IO_ERROR : status;
  }
}
