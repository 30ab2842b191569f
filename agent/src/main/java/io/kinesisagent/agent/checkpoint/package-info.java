/**
 * Keeps the watermarks of all flows, durably. It owns the checkpoint file and when it is written;
 * it knows of a file only what must be known to find it again.
 */
package io.kinesisagent.agent.checkpoint;
