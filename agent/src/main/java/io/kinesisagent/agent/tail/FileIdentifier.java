package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;

/** How a file is recognised. Used by the flow's thread, on open handles only. */
public interface FileIdentifier {
  /**
   * What identifies a file at this moment.
   *
   * @param readTo an offset that it was read up to; 0 where nothing was
   * @throws IOException where it cannot be read
   */
  FileIdentity identify(OpenFile file, long readTo) throws IOException;

  /**
   * Whether a file holds what was read of a known one. Its key is not asked, by which the file was
   * found: a device number may change when a file system is mounted again.
   *
   * @param known what identified the file before
   * @param readTo how far the known file was read; {@link Position#START} where nothing was
   * @throws IOException where that cannot be told at the moment, which says nothing of the file
   */
  boolean continues(FileIdentity known, Position readTo, OpenFile file) throws IOException;
}
