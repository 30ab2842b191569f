package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What flows need of the memory for records. A part of it is reserved for them, and the rest must
 * hold the longest record that any of them may have, for without that such a record would wait for
 * ever.
 */
public final class MemoryNeed {
  private static final int RESERVED_PART = 4;
  private static final String RECORD_LIMIT = "maxRecordSizeBytes";

  private MemoryNeed() {}

  /** The part of the memory that is for what is reserved for flows. */
  public static long reserved(long totalBytes) {
    return totalBytes / RESERVED_PART;
  }

  /** The least memory that these flows can do with. */
  public static long of(Collection<FlowConfig> flows) {
    return flows.stream().mapToLong(MemoryNeed::of).max().orElse(0);
  }

  private static long of(FlowConfig flow) {
    // What is reserved is rounded down, so that this is too.
    return longest(flow) * RESERVED_PART / (RESERVED_PART - 1);
  }

  /** The longest record that a flow may hold, in bytes: also one for the dead letters. */
  private static long longest(FlowConfig flow) {
    int most = flow.destination().maxDataBytes();
    return flow.mayRefuse() ? Math.max(most, Math.min(FlowConfig.MOST_RAW_BYTES, 4L * most)) : most;
  }

  /** Warns where the configured bound is less, and says what is used in its place. */
  static void check(AgentReader agent, Collection<FlowConfig> flows, Problems problems) {
    long bound = agent.values().get(AgentKeys.MAX_MEMORY_BYTES);
    Optional<FlowConfig> neediest = flows.stream().max(Comparator.comparingLong(MemoryNeed::of));
    neediest
        .filter(flow -> of(flow) > bound)
        .ifPresent(
            flow ->
                problems.warning(
                    agent
                        .object()
                        .member(AgentKeys.MAX_MEMORY_BYTES)
                        .map(Json.Member::value)
                        .orElse(agent.object().source()),
                    message(bound, flow)));
  }

  private static String message(long bound, FlowConfig flow) {
    boolean limited =
        flow.destination().backend().plugin().flowSettings().stream()
            .map(Setting::name)
            .anyMatch(RECORD_LIMIT::equals);
    return AgentKeys.MAX_MEMORY_BYTES.name()
        + " is "
        + bound
        + ", less than what flow "
        + flow.id()
        + " needs, whose records may have "
        + longest(flow)
        + " bytes: "
        + of(flow)
        + " is used; raise it"
        + (limited ? ", or lower that flow's " + RECORD_LIMIT : "");
  }
}
