package io.kinesisagent.agent.discover;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;

/**
 * One file of a snapshot.
 *
 * @param size bytes
 * @param changed see {@link io.kinesisagent.agent.files.FileStat#changed()}
 */
public record FileEntry(Path path, FileKey key, long size, long changed) {}
