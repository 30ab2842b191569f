package io.kinesisagent.agent.files;

/**
 * What a look at a path tells, links followed.
 *
 * @param size bytes
 * @param changed the modification time in nanoseconds since 1970 UTC, by the clock of whoever keeps
 *     the file; that it differs is a reason to look closer, never proof
 */
public record FileStat(FileKey key, Type type, long size, long changed) {
  /** What is at a path. */
  public enum Type {
    FILE,
    DIRECTORY,
    OTHER
  }
}
