package io.kinesisagent.tests.rotators;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.DirectWriteRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.RolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.TimeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.TriggeringPolicy;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;

/** Log4j 2's RollingFileAppender. */
final class Log4jWriter implements RollingWriter {
  private static final String SIZE = "50 KB";

  private final RollingFileAppender appender;

  private Log4jWriter(
      Configuration configuration,
      String fileName,
      String filePattern,
      TriggeringPolicy policy,
      RolloverStrategy strategy) {
    RollingFileAppender.Builder<?> builder = RollingFileAppender.newBuilder();
    builder.setName("service").setConfiguration(configuration);
    builder.setLayout(
        PatternLayout.newBuilder()
            .setConfiguration(configuration)
            .setPattern("%m")
            .setAlwaysWriteExceptions(false)
            .setCharset(StandardCharsets.ISO_8859_1)
            .build());
    builder.setFileName(fileName).setFilePattern(filePattern);
    builder.setPolicy(policy).setStrategy(strategy);
    this.appender = builder.build();
    appender.start();
  }

  /** service-1.log is the newest; all shift at each roll, and the oldest is deleted. */
  static RollingWriter bySizeShifting(Path folder) {
    return bySize(folder, "min", "20");
  }

  /** service-1.log is the oldest; none is deleted. */
  static RollingWriter bySizeRising(Path folder) {
    return bySize(folder, "nomax", "20");
  }

  private static RollingWriter bySize(Path folder, String fileIndex, String max) {
    Configuration configuration = new DefaultConfiguration();
    return new Log4jWriter(
        configuration,
        folder.resolve("service.log").toString(),
        folder.resolve("service-%i.log").toString(),
        SizeBasedTriggeringPolicy.createPolicy(SIZE),
        DefaultRolloverStrategy.newBuilder()
            .setConfig(configuration)
            .setFileIndex(fileIndex)
            .setMax(max)
            .build());
  }

  /** A new file each second. */
  static RollingWriter byTime(Path folder) {
    Configuration configuration = new DefaultConfiguration();
    return new Log4jWriter(
        configuration,
        folder.resolve("service.log").toString(),
        folder.resolve("service-%d{HHmmss}.log").toString(),
        TimeBasedTriggeringPolicy.newBuilder().setInterval(1).build(),
        DefaultRolloverStrategy.newBuilder().setConfig(configuration).build());
  }

  /** Files are never renamed: each is written under its last name. */
  static RollingWriter directWrite(Path folder) {
    Configuration configuration = new DefaultConfiguration();
    return new Log4jWriter(
        configuration,
        null,
        folder.resolve("service-%d{yyyyMMdd}-%i.log").toString(),
        SizeBasedTriggeringPolicy.createPolicy(SIZE),
        DirectWriteRolloverStrategy.newBuilder()
            .setConfig(configuration)
            .setMaxFiles("1000")
            .build());
  }

  @Override
  public void write(byte[] line) {
    appender.append(
        Log4jLogEvent.newBuilder()
            .setLoggerName("service")
            .setLevel(Level.INFO)
            .setTimeMillis(System.currentTimeMillis())
            .setMessage(new SimpleMessage(new String(line, StandardCharsets.ISO_8859_1)))
            .build());
  }

  @Override
  public void close() {
    appender.stop();
  }
}
