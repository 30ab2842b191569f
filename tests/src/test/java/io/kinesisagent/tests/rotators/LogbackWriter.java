package io.kinesisagent.tests.rotators;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/** Logback's RollingFileAppender. */
final class LogbackWriter implements RollingWriter {
  private static final FileSize SIZE = new FileSize(50 * FileSize.KB_COEFFICIENT);

  private final RollingFileAppender<byte[]> appender;

  private LogbackWriter(RollingFileAppender<byte[]> appender) {
    this.appender = appender;
    appender.start();
  }

  /** service-1.log is the newest; all shift at each roll, and the oldest is deleted. */
  static RollingWriter fixedWindow(Path folder) {
    RollingFileAppender<byte[]> appender = appender(folder);
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(appender.getContext());
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve("service-%i.log").toString());
    rolling.setMinIndex(1);
    rolling.setMaxIndex(15);
    rolling.start();
    SizeBasedTriggeringPolicy<byte[]> triggering = new SizeBasedTriggeringPolicy<>();
    triggering.setContext(appender.getContext());
    triggering.setMaxFileSize(SIZE);
    triggering.setCheckIncrement(Duration.buildByMilliseconds(10));
    triggering.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(triggering);
    return new LogbackWriter(appender);
  }

  /** A new file each second, and within it each 50 KB. */
  static RollingWriter bySizeAndTime(Path folder) {
    RollingFileAppender<byte[]> appender = appender(folder);
    SizeAndTimeBasedRollingPolicy<byte[]> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(appender.getContext());
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve("service-%d{yyyyMMddHHmmss}.%i.log").toString());
    rolling.setMaxFileSize(SIZE);
    rolling.start();
    appender.setRollingPolicy(rolling);
    return new LogbackWriter(appender);
  }

  private static RollingFileAppender<byte[]> appender(Path folder) {
    Context context = new ContextBase();
    AsIs encoder = new AsIs();
    encoder.setContext(context);
    encoder.start();
    RollingFileAppender<byte[]> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(folder.resolve("service.log").toString());
    appender.setEncoder(encoder);
    return appender;
  }

  @Override
  public void write(byte[] line) {
    appender.doAppend(line);
  }

  @Override
  public void close() {
    appender.stop();
  }

  private static final class AsIs extends EncoderBase<byte[]> {
    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(byte[] line) {
      return line;
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }
  }
}
