package io.kinesisagent.agent.files;

/**
 * What a look at a path tells, links followed.
 *
 * @param size bytes
 * @param changed a number that is likely to differ once the content has changed (a modification
 *     time); a reason to look closer, never proof
 */
public record FileStat(FileKey key, Type type, long size, long changed) {
  /** What is at a path. */
  public enum Type {
    FILE,
    DIRECTORY,
    OTHER
  }
}
