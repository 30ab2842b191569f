/**
 * One request on the wire: the body encoded from the records' bytes, signed, sent through the
 * connection's HTTP client, and the answer read no further than it must be. It knows Kinesis and
 * Firehose by their protocols only, and nothing of the agent's batches.
 */
package io.kinesisagent.backends.wire;
