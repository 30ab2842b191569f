package io.kinesisagent.tests.support;

/**
 * What goes wrong at an endpoint, at random.
 *
 * @param failedRecords the part of the records, 0 to 1, that is refused with
 *     ProvisionedThroughputExceededException
 * @param failedRequests the part of the requests that is answered with status 500, nothing accepted
 * @param cutRequests the part of the requests that is accepted, and the connection then cut without
 *     an answer
 * @param latencyMillis before each answer
 * @param recordsPerSecond what is above it in a second is refused as throttled; 0 is no limit
 */
public record Faults(
    double failedRecords,
    double failedRequests,
    double cutRequests,
    int latencyMillis,
    int recordsPerSecond) {
  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0);
}
