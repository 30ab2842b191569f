package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Backend;
import java.util.Optional;

/**
 * Where a flow's records go.
 *
 * @param type the backend's name
 * @param id the first part of the flow's own id, such as {@code kinesis:STREAM}
 * @param metricName the destination's name in metrics, such as {@code KinesisStream:STREAM}
 * @param maxBatchBytes the most that one request may hold
 * @param maxDataBytes the most that one record may hold
 * @param writesTo the directory on this host that it writes to, if it does
 * @param backend makes the backend
 */
public record Destination(
    String type,
    String id,
    String metricName,
    int maxBatchBytes,
    int maxDataBytes,
    Optional<String> writesTo,
    PluginChoice<Backend> backend) {}
