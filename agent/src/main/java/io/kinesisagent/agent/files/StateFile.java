package io.kinesisagent.agent.files;

import java.io.IOException;

/**
 * A file of the agent's own that is appended to and now and then written anew. Used by one thread
 * at a time.
 */
public interface StateFile {
  /** The whole content; empty where there is no such file. */
  byte[] read() throws IOException;

  /** The content before the last {@link #replace}; empty where there is none. */
  byte[] readPrevious() throws IOException;

  /** Appends, without waiting for the disk. What was appended may be torn by a crash. */
  void append(byte[] bytes) throws IOException;

  /** Waits until what was appended is on the disk. */
  void sync() throws IOException;

  /**
   * Puts new content in place of the old, durably and at once: after a crash the file holds the one
   * or the other. The old content stays as the previous one.
   */
  void replace(byte[] content) throws IOException;

  /** Keeps a copy of the content as it is under another name, and tells that name. */
  String keepAside(String suffix) throws IOException;
}
