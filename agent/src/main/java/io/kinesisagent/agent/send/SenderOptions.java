package io.kinesisagent.agent.send;

/**
 * How a flow sends.
 *
 * @param queueCapacity most batches waiting, in flight or between two attempts
 * @param maxInFlight most requests in flight at once; 1 keeps the order of batches
 * @param maxInFlightBytes with so many bytes of records in flight no further request is begun, and
 *     with a quarter of it while answers come early; with half as many waiting no further batch is
 *     wanted
 * @param retryInitialBackoffMillis the bound of the first wait before another attempt
 * @param retryMaxBackoffMillis the bound of every wait before another attempt
 */
public record SenderOptions(
    int queueCapacity,
    int maxInFlight,
    long maxInFlightBytes,
    long retryInitialBackoffMillis,
    long retryMaxBackoffMillis) {}
