/**
 * Which files a flow reads: patterns, the snapshots of what matches them and the events that two
 * snapshots tell apart. It must not know what is done with the files' content.
 */
package io.kinesisagent.agent.discover;
