package io.kinesisagent.processors;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Settings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A flow's context with a clock that goes on when it is read, and counters that can be read. */
final class TestContext implements PluginContext, Clock {
  private final ConcurrentHashMap<String, AtomicLong> counters = new ConcurrentHashMap<>();
  final AtomicLong epochMillis = new AtomicLong(1_795_398_631_175L);
  final AtomicLong nanoTime = new AtomicLong();

  long count(String name) {
    AtomicLong counter = counters.get(name);
    return counter == null ? 0 : counter.get();
  }

  @Override
  public String flow() {
    return "kinesis:stream:/var/log/app*";
  }

  @Override
  public Settings flowSettings() {
    throw new IllegalStateException("no processor declares settings of the flow");
  }

  @Override
  public Settings agentSettings() {
    throw new IllegalStateException("no processor declares settings of the agent");
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public String userAgent() {
    return "aws-kinesis-agent/test";
  }

  @Override
  public Counter counter(String name) {
    AtomicLong counter = counters.computeIfAbsent(name, n -> new AtomicLong());
    return counter::addAndGet;
  }

  @Override
  public long nanoTime() {
    return nanoTime.addAndGet(1_000_000);
  }

  @Override
  public long epochMillis() {
    return epochMillis.get();
  }
}
