/**
 * Files as they are read: what identifies one generation of a file, how far it was read, what
 * becomes of it when it is rotated, cut, copied or deleted. It owns the tails of a flow and their
 * handles; it knows nothing of records, batches or destinations.
 */
package io.kinesisagent.agent.tail;
