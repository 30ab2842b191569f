package io.kinesisagent.agent.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The terminal that this process runs in. */
final class Terminal {
  private static final int USUAL_ROWS = 24;
  private static final int FEWEST_ROWS = 5;

  private Terminal() {}

  /** How many lines it shows now, as stty tells; 24 where that cannot be told. */
  static int rows() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS) ? rows(said) : USUAL_ROWS;
    } catch (IOException e) {
      // No terminal, or no stty, as in a small image.
      return USUAL_ROWS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_ROWS;
    }
  }

  /** The first of two numbers, where it is a sensible one. */
  static int rows(String size) {
    String[] numbers = size.strip().split(" ", -1);
    return numbers.length == 2 && numbers[0].matches("[0-9]{1,4}")
        ? Math.max(FEWEST_ROWS, Integer.parseInt(numbers[0]))
        : USUAL_ROWS;
  }
}
