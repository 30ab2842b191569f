package io.kinesisagent.agent.app;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Why the process ends: said in the log, and where that is a file also on standard error, which a
 * service manager shows to whoever asks it why the service does not run.
 */
final class LastWords {
  private static final Logger LOG = LogManager.getLogger(LastWords.class);

  private LastWords() {}

  /** Says one line, by {@code log}. */
  static void say(Logger log, Level level, String line) {
    log.log(level, "{}", line);
    if (System.getProperty("agent.log.to", "").equals("file")) {
      System.err.println(level + " " + line);
    }
  }

  /**
   * Ends the process at once after an error of the virtual machine, after which nothing can be
   * relied on. What was not acknowledged is sent by the next start.
   *
   * @param where what was being done
   */
  static void endBroken(String where, Throwable e) {
    try {
      LOG.fatal("{}: {}", where, e, e);
      say(
          LOG,
          Level.FATAL,
          "the Java virtual machine is broken (" + e + "): the agent ends, to be started again");
      LogManager.shutdown();
    } finally {
      // Not exit: its hooks would run on the same broken machine.
      Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }
  }

  /** What becomes of a thread that ends by something that nobody caught. */
  static void uncaught(Thread thread, Throwable e) {
    if (e instanceof Error) {
      endBroken("thread " + thread.getName(), e);
    }
    LOG.error("thread {} has ended, the others go on: {}", thread.getName(), e.toString(), e);
  }
}
