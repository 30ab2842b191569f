package io.kinesisagent.agent.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * What the agent was like at one moment, as {@code status} shows it. Immutable.
 *
 * @param epochMillis the moment
 * @param startedEpochMillis when the process began to ship
 * @param reloadedEpochMillis when the configuration was last taken up
 * @param refusal the configuration that was not taken up since, or null
 * @param memoryBytes held by batches of all flows
 * @param memoryBoundBytes the most that may be
 * @param checkpointTrouble why checkpoints cannot be written at the moment, or null
 */
record AgentStatus(
    String version,
    long pid,
    String java,
    String configuration,
    long epochMillis,
    long startedEpochMillis,
    long reloadedEpochMillis,
    Refusal refusal,
    long memoryBytes,
    long memoryBoundBytes,
    String checkpointTrouble,
    List<FlowStatus> flows) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  byte[] toJson() throws JsonProcessingException {
    return JSON.writeValueAsBytes(this);
  }

  static AgentStatus fromJson(byte[] json) throws IOException {
    return JSON.readValue(json, AgentStatus.class);
  }
}
