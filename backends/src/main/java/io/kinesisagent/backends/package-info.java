/**
 * The destinations that come with the agent. This package holds what all of them share: worker
 * threads for calls that block. {@link io.kinesisagent.backends.local} writes to this host.
 */
package io.kinesisagent.backends;
