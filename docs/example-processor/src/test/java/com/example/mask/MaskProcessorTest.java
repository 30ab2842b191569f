package com.example.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MaskProcessorTest {
  private final AtomicLong masked = new AtomicLong();

  @Test
  void masksLongNumbers() throws Exception {
    assertEquals(
        "card **************** of user 4711, ************\n",
        process(Map.of(), "card 4111111111111111 of user 4711, 123456789012\n"));
    assertEquals(2, masked.get());
  }

  @Test
  void passesOtherRecordsUnchanged() throws Exception {
    assertEquals("user 4711\n", process(Map.of(), "user 4711\n"));
    assertEquals("", process(Map.of(), ""));
    assertEquals(0, masked.get());
  }

  @Test
  void takesItsOptions() throws Exception {
    assertEquals("a##b1\n", process(Map.of("minDigits", 2L, "mask", "#"), "a22b1\n"));
  }

  @Test
  void refusesALongMask() {
    assertThrows(InvalidSettingException.class, () -> process(Map.of("mask", "**"), "1\n"));
  }

  @Test
  void isFoundByItsName() {
    assertTrue(
        ServiceLoader.load(ProcessorPlugin.class).stream()
            .anyMatch(plugin -> plugin.get().name().equals("MASK")));
  }

  private String process(Map<String, Object> options, String record)
      throws InvalidSettingException, ProcessingException {
    try (Processor processor = new MaskPlugin().create(new Options(options), new Flow(masked))) {
      byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
      RecordCursor cursor = new RecordCursor();
      cursor.set(bytes, 0, bytes.length, null);
      Sink sink = new Sink();
      processor.process(cursor, sink);
      return sink.last;
    }
  }

  /** The agent validates options by their declarations and fills in the defaults. */
  private record Options(Map<String, Object> values) implements Settings {
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

  private record Flow(AtomicLong masked) implements PluginContext {
    @Override
    public String flow() {
      return "kinesis:stream:/var/log/app.log";
    }

    @Override
    public Settings flowSettings() {
      return new Options(Map.of());
    }

    @Override
    public Settings agentSettings() {
      return new Options(Map.of());
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }

    @Override
    public String userAgent() {
      return "test";
    }

    @Override
    public Counter counter(String name) {
      return masked::addAndGet;
    }
  }

  private static final class Sink implements RecordSink {
    private final MutableBytes buffer = new MutableBytes(64);
    private String last;

    @Override
    public void forward(RecordView same) {
      last = new String(same.array(), same.offset(), same.length(), StandardCharsets.UTF_8);
    }

    @Override
    public MutableBytes begin() {
      buffer.clear();
      return buffer;
    }

    @Override
    public void commit() {
      last = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
    }
  }
}
