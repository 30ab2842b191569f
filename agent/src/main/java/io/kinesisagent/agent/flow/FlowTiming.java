package io.kinesisagent.agent.flow;

/**
 * When a flow does what.
 *
 * @param maxBufferAgeNanos a record waits for its batch to fill no longer than this
 * @param filePollNanos how soon new data in an active file is seen, at the latest
 * @param refreshNanos how soon a new file is seen where file events are not available, at the
 *     latest
 */
public record FlowTiming(long maxBufferAgeNanos, long filePollNanos, long refreshNanos) {}
