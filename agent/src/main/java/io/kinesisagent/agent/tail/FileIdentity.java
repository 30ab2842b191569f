package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;

/**
 * What a file is told from others by.
 *
 * @param key its device and inode, which another file may have once this one is deleted
 * @param head the fingerprint of its first bytes, which covers more as the file grows
 * @param firstBytes its first {@link HeadIndex#LEAST_BYTES} bytes as a number, 0 where it has fewer
 */
public record FileIdentity(FileKey key, Fingerprint head, long firstBytes) {}
