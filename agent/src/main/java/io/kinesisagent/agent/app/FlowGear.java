package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.agent.metrics.FlowMetrics;

/**
 * What a flow keeps while its task is made anew.
 *
 * @param backend makes and keeps what its records go to; closed once the flow has stopped
 * @param runner the thread that it runs on
 */
record FlowGear(
    FlowBackend backend,
    FlowMetrics metrics,
    FlowReport report,
    FlowMemory memory,
    TaskRunner runner) {}
