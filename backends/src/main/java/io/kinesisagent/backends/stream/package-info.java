/**
 * Kinesis Data Streams and Firehose: one family, whose members differ in record, limits and client
 * only. A batch is packed into wire records, put by one request, and the answer is mapped back to
 * the batch's records.
 */
package io.kinesisagent.backends.stream;
