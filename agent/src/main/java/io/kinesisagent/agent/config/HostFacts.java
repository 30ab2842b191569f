package io.kinesisagent.agent.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the meaning of a configuration depends on besides its text.
 *
 * @param user the name of the user that reads it
 * @param environment for <code>${NAME}</code>
 * @param processors available to this process
 * @param maxHeapBytes the most that the heap may grow to
 * @param agentLog the file that the agent logs to, which no flow may read
 * @param outputs the files that its standard output and standard error go to, which no flow may
 *     read either
 */
public record HostFacts(
    String user,
    Map<String, String> environment,
    int processors,
    long maxHeapBytes,
    Optional<Path> agentLog,
    Set<Path> outputs) {
  private static final long LEAST_MEMORY_BYTES = 16L << 20;

  public HostFacts {
    environment = Map.copyOf(environment);
    outputs = Set.copyOf(outputs);
  }

  /** The facts of the running process. */
  public static HostFacts ofThisProcess(Optional<Path> agentLog) {
    Runtime runtime = Runtime.getRuntime();
    return new HostFacts(
        System.getProperty("user.name"),
        System.getenv(),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        agentLog,
        Set.of());
  }

  /** The same of a process whose output goes to files that no flow may read. */
  public HostFacts writingTo(Set<Path> files) {
    return new HostFacts(user, environment, processors, maxHeapBytes, agentLog, files);
  }

  /** The default of {@link AgentKeys#MAX_SENDING_THREADS}: max(2, factor × processors). */
  long maxSendingThreads(long perCore) {
    long most = Math.min(perCore, Integer.MAX_VALUE) * processors;
    return Math.min(Integer.MAX_VALUE, Math.max(2, most));
  }

  /** The default of {@link AgentKeys#MAX_MEMORY_BYTES}: a quarter of the heap, at least 16 MiB. */
  long maxMemoryBytes() {
    return Math.max(LEAST_MEMORY_BYTES, maxHeapBytes / 4);
  }
}
