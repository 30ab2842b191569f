package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.agent.metrics.FlowMetrics;

/**
 * What a flow keeps while its task is made anew.
 *
 * @param backend makes and keeps what its records go to; closed once the flow has stopped
 * @param memory its share of the budget, from before any flow is started until it has ended
 * @param runner the thread that it runs on
 */
record FlowGear(
    FlowBackend backend,
    FlowMetrics metrics,
    FlowReport report,
    MemoryBudget.Share memory,
    TaskRunner runner) {}
