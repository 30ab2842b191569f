package io.kinesisagent.backends.stream;

/**
 * What a service takes.
 *
 * @param maxRecords most wire records in a request
 * @param maxBytes most bytes in a request, keys included
 * @param maxRecordBytes most bytes of a wire record, its key included
 */
record RequestLimits(int maxRecords, int maxBytes, int maxRecordBytes) {}
