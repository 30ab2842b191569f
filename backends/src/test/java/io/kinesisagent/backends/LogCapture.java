package io.kinesisagent.backends;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** Keeps what is logged below a name, every level of it. */
public final class LogCapture implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private LogCapture(Logger logger) {
    this.logger = logger;
    before = logger.getLevel();
    handler.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  public static LogCapture of(String name) {
    return new LogCapture(Logger.getLogger(name));
  }

  /** The messages of one level, such as {@code INFO} or {@code WARNING}. */
  public List<String> lines(String level) {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream()
        .filter(logged -> logged.getLevel().getName().equals(level))
        .map(formatter::formatMessage)
        .toList();
  }

  /** Everything, with stack traces. */
  public String text() {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream().map(formatter::format).collect(Collectors.joining());
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(before);
  }
}
