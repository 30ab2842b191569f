package io.kinesisagent.agent.app;

import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.spi.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells what the agent is like now. Safe for use by several threads. */
final class StatusSource implements Supplier<AgentStatus> {
  private final Path configuration;
  private final Clock clock;
  private final FlowRoster roster;
  private final Checkpointer checkpointer;
  private final LongSupplier memoryBoundBytes;
  private final long startedEpochMillis;
  private volatile long reloadedEpochMillis;
  private volatile Refusal refusal;

  StatusSource(
      Path configuration,
      Clock clock,
      FlowRoster roster,
      Checkpointer checkpointer,
      LongSupplier memoryBoundBytes) {
    this.configuration = configuration;
    this.clock = clock;
    this.roster = roster;
    this.checkpointer = checkpointer;
    this.memoryBoundBytes = memoryBoundBytes;
    this.startedEpochMillis = clock.epochMillis();
    this.reloadedEpochMillis = startedEpochMillis;
  }

  /** Takes note that the configuration was read anew. */
  void reloaded() {
    reloadedEpochMillis = clock.epochMillis();
    refusal = null;
  }

  /** Takes note that a configuration was not taken up. */
  void refused(Refusal refused) {
    refusal = refused;
  }

  @Override
  public AgentStatus get() {
    List<FlowStatus> flows = roster.flows().stream().map(RunningFlow::status).toList();
    return new AgentStatus(
        Version.number(),
        ProcessHandle.current().pid(),
        System.getProperty("java.runtime.version"),
        configuration.toString(),
        clock.epochMillis(),
        startedEpochMillis,
        reloadedEpochMillis,
        refusal,
        flows.stream().mapToLong(flow -> flow.load().memoryBytes()).sum(),
        memoryBoundBytes.getAsLong(),
        checkpointer.trouble(),
        flows);
  }
}
