package io.kinesisagent.agent.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files the kernel lets this process have open (RLIMIT_NOFILE, proc(5)).
 *
 * @param files the limit; the largest number where there is none or it is not known
 */
record OpenFileLimit(int files) {
  private static final System.Logger LOG = System.getLogger(OpenFileLimit.class.getName());

  /** Connections, the agent's own files, jars. */
  private static final int OWN_FILES = 256;

  private static final int LEAST_FILES = 16;
  private static final Pattern SOFT = Pattern.compile("Max open files +([0-9]{1,9})\\b");

  static OpenFileLimit ofThisProcess() {
    try {
      return of(Files.readAllLines(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the limits of this process cannot be read", e);
      return new OpenFileLimit(Integer.MAX_VALUE);
    }
  }

  /** The limit that holds, of the lines of a process's limits. */
  static OpenFileLimit of(List<String> limits) {
    for (String line : limits) {
      Matcher soft = SOFT.matcher(line);
      if (soft.lookingAt()) {
        return new OpenFileLimit(Integer.parseInt(soft.group(1)));
      }
    }
    return new OpenFileLimit(Integer.MAX_VALUE);
  }

  /**
   * As many of the flows' files as are wanted, or as there is room for; says so where it is less.
   */
  int atMost(int wanted) {
    int room = Math.max(LEAST_FILES, files - OWN_FILES);
    if (room >= wanted) {
      return wanted;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "maxOpenFiles is {0}, but this process may open no more than {1} files: {2} of the flows''"
            + " are held open; LimitNOFILE= of the service, or ulimit -n, raises that",
        Integer.toString(wanted),
        Integer.toString(files),
        Integer.toString(room));
    return room;
  }
}
