package io.kinesisagent.agent.send;

/**
 * How a flow sends.
 *
 * @param queueCapacity most batches waiting, in flight or between two attempts
 * @param maxInFlight most requests in flight at once; 1 keeps the order of batches
 * @param retryInitialBackoffMillis the bound of the first wait before another attempt
 * @param retryMaxBackoffMillis the bound of every wait before another attempt
 */
public record SenderOptions(
    int queueCapacity,
    int maxInFlight,
    long retryInitialBackoffMillis,
    long retryMaxBackoffMillis) {}
