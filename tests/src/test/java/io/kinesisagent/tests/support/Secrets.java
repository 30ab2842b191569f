package io.kinesisagent.tests.support;

import java.util.List;

/**
 * The secrets that tests give to agents, none of which may ever be in a log. Every secret of a test
 * is spelt as these are: {@code .ci/no-secrets} searches for that.
 */
public final class Secrets {
  public static final String KEY = "zZ-secret-access-key-of-the-tests";
  public static final String SESSION_TOKEN = "zZ-session-token-of-the-tests";
  public static final String CONTAINER_TOKEN = "zZ-container-token-of-the-tests";
  public static final String PROXY_PASSWORD = "zZ-proxy-password-of-the-tests";

  private static final List<String> ALL =
      List.of(KEY, SESSION_TOKEN, CONTAINER_TOKEN, PROXY_PASSWORD);

  private Secrets() {}

  /** All of them. */
  public static List<String> all() {
    return ALL;
  }

  /**
   * Looks for every secret in a log.
   *
   * @throws AssertionError when it holds one; tells the line
   */
  public static void requireNoneIn(String log) {
    for (String secret : ALL) {
      log.lines()
          .filter(line -> line.contains(secret))
          .findFirst()
          .ifPresent(
              line -> {
                throw new AssertionError("the log holds a secret: " + line);
              });
    }
  }
}
