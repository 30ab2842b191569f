/**
 * The processing options of agent.json: a plugin and a processor for each. It owns how a record's
 * bytes are parsed and written as JSON; it knows nothing of files, batches or destinations.
 */
package io.kinesisagent.processors;
