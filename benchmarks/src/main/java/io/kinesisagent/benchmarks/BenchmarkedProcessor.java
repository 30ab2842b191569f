package io.kinesisagent.benchmarks;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.LongAdder;

/** A processor found as the agent finds it, and a sink that keeps the last record. */
final class BenchmarkedProcessor implements RecordSink {
  private record Origin(String flow, String file, long offset, String host, String recordId)
      implements RecordContext {}

  /** Settings as they are given, else their defaults. */
  private record GivenSettings(Map<String, Object> values) implements Settings {
    @Override
    public <T> T get(Setting<T> setting) {
      Object value = values.get(setting.name());
      return value == null ? setting.defaultValue() : setting.cast(value);
    }

    @Override
    public boolean isSet(Setting<?> setting) {
      return values.containsKey(setting.name());
    }

    @Override
    public String json() {
      return "{}";
    }
  }

  private record FlowContext(String flow, Settings flowSettings, Settings agentSettings)
      implements PluginContext {
    @Override
    public Clock clock() {
      return Clock.system();
    }

    @Override
    public String userAgent() {
      return "aws-kinesis-agent/benchmark";
    }

    @Override
    public Counter counter(String name) {
      LongAdder adder = new LongAdder();
      return adder::add;
    }
  }

  private static final Origin ORIGIN = new Origin("f", "/var/log/app.log", 4711, "host-1", "g1");

  private final Processor processor;
  private final RecordCursor cursor = new RecordCursor();
  private final MutableBytes out = new MutableBytes(64);
  private int length;

  private BenchmarkedProcessor(Processor processor) {
    this.processor = processor;
  }

  /**
   * A processor by the name of its option.
   *
   * @param settings values by name, of the types that their declarations say
   */
  static BenchmarkedProcessor of(String option, Map<String, Object> settings) {
    return new BenchmarkedProcessor(processor(option, settings));
  }

  /** The processor alone. */
  static Processor processor(String option, Map<String, Object> settings) {
    GivenSettings none = new GivenSettings(Map.of());
    for (ProcessorPlugin plugin : ServiceLoader.load(ProcessorPlugin.class)) {
      if (plugin.name().equals(option)) {
        try {
          return plugin.create(new GivenSettings(settings), new FlowContext("f", none, none));
        } catch (InvalidSettingException e) {
          throw new IllegalArgumentException(e);
        }
      }
    }
    throw new IllegalArgumentException("no option " + option);
  }

  /** Waits until the processor takes records. */
  void awaitReady() {
    while (!processor.ready()) {
      Thread.onSpinWait();
    }
  }

  /** Lets go of what the processor holds. */
  void close() {
    processor.close();
  }

  /** The length of what becomes of a record, in bytes. */
  int process(byte[] record) throws ProcessingException {
    cursor.set(record, 0, record.length, ORIGIN);
    processor.process(cursor, this);
    return length;
  }

  /** What becomes of a record. */
  String text(byte[] record) throws ProcessingException {
    int written = process(record);
    return new String(out.array(), 0, written, StandardCharsets.UTF_8);
  }

  @Override
  public void forward(RecordView same) {
    out.clear();
    out.append(same.array(), same.offset(), same.length());
    commit();
  }

  @Override
  public MutableBytes begin() {
    out.clear();
    return out;
  }

  @Override
  public void commit() {
    length = out.length();
  }
}
