package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.List;

/**
 * What is kept of a generation across restarts.
 *
 * @param generation its number within its flow
 * @param path where its file was last seen
 * @param key what its file was last known by
 * @param head the fingerprint of its beginning
 * @param origin the offset that reading began at
 * @param position the end of its settled prefix
 * @param size up to where its file was last known to be written, in bytes
 * @param rotated whether its file has been renamed, replaced or deleted since it was begun
 * @param copy whether it was held as a copy that its original may yet cover more of
 * @param firstBytes the first eight bytes of its file as a number, 0 where it has fewer
 * @param rungs some of the places that were settled before {@code position}, in order
 */
public record KnownTail(
    long generation,
    Path path,
    FileKey key,
    Fingerprint head,
    long origin,
    Position position,
    long size,
    boolean rotated,
    boolean copy,
    long firstBytes,
    List<Rungs.Rung> rungs) {}
