package io.kinesisagent.agent.app;

/** The exit statuses of the program, named as in sysexits.h where that has one. */
final class ExitCode {
  static final int OK = 0;

  /** Something failed that has no status of its own. */
  static final int FAILED = 1;

  /** EX_USAGE: the arguments are wrong. */
  static final int USAGE = 64;

  /** EX_DATAERR: what was given is not of its form. */
  static final int DATA = 65;

  /** EX_UNAVAILABLE: somebody else has what is needed, such as the checkpoint file. */
  static final int UNAVAILABLE = 69;

  /**
   * EX_SOFTWARE: the virtual machine or the agent is broken; the service manager starts it again.
   */
  static final int SOFTWARE = 70;

  /** EX_IOERR: a file of the agent's own cannot be read or written. */
  static final int IO_ERROR = 74;

  /** EX_NOPERM: this user may not. */
  static final int NO_PERMISSION = 77;

  /** EX_CONFIG: the configuration has errors. */
  static final int CONFIG = 78;

  private ExitCode() {}
}
