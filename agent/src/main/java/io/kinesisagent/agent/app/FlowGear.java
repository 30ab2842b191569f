package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.spi.Backend;

/**
 * What a flow keeps while its task is made anew.
 *
 * @param backend where its records go; closed once the flow has stopped
 * @param runner the thread that it runs on
 */
record FlowGear(
    Backend backend,
    FlowMetrics metrics,
    FlowReport report,
    FlowMemory memory,
    TaskRunner runner) {}
