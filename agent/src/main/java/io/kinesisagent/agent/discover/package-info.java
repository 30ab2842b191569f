/**
 * Which files match a flow's patterns, and what became of them between two looks. It owns patterns,
 * snapshots and the pure comparison of snapshots; it opens nothing and knows nothing of offsets.
 */
package io.kinesisagent.agent.discover;
