/**
 * Files as they are read: what identifies one generation of a file, how far it was read, what
 * becomes of it when it is rotated, cut, copied or deleted. It owns the tails of a flow and their
 * handles, and offers the records that the framer finds in what it reads; it knows nothing of what
 * becomes of them in processors, batches and destinations.
 */
package io.kinesisagent.agent.tail;
