package io.kinesisagent.agent.app;

import io.kinesisagent.spi.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;

/**
 * Says what repeats at once the first time, then once a minute with how often it was. Used by one
 * thread at a time.
 */
final class FoldedLog {
  private static final long FOLD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KINDS = 1000;

  private static final class Fold {
    private long saidNanos;
    private long more;
    private Level level;
    private String message;
  }

  private final Logger log;
  private final Clock clock;
  private final Map<String, Fold> folds = new HashMap<>();

  FoldedLog(Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Says something, or counts it.
   *
   * @param kind what makes it the same as what was said before
   */
  void say(Level level, String kind, String message) {
    say(level, kind, message, null);
  }

  /**
   * Says something, or counts it.
   *
   * @param cause whose trace is shown the first time, or null
   */
  void say(Level level, String kind, String message, Throwable cause) {
    long now = clock.nanoTime();
    Fold fold = folds.get(kind);
    if (fold == null) {
      if (folds.size() >= MOST_KINDS) {
        sayWhatIsLeft();
        folds.clear();
      }
      fold = new Fold();
      folds.put(kind, fold);
    } else if (now - fold.saidNanos < FOLD_NANOS) {
      fold.more++;
      fold.level = level;
      fold.message = message;
      return;
    }
    if (fold.more > 0) {
      sum(fold, level, message, now);
    } else {
      fold.saidNanos = now;
      log.log(level, "{}", message, cause);
    }
  }

  private void sum(Fold fold, Level level, String message, long now) {
    log.log(level, "{} ({} times more since it was last said)", message, fold.more);
    fold.saidNanos = now;
    fold.more = 0;
    fold.message = null;
  }

  /** Says how often it was what was counted for a minute and has not repeated since. */
  void sayWhatIsDue() {
    long now = clock.nanoTime();
    for (Fold fold : folds.values()) {
      if (fold.more > 0 && now - fold.saidNanos >= FOLD_NANOS) {
        sum(fold, fold.level, fold.message, now);
      }
    }
  }

  private void sayWhatIsLeft() {
    long now = clock.nanoTime();
    for (Fold fold : folds.values()) {
      if (fold.more > 0) {
        sum(fold, fold.level, fold.message, now);
      }
    }
  }
}
