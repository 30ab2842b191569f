package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;

/**
 * Recognises a file by device, inode and the fingerprint of its first bytes, confirmed by the bytes
 * just before the place that was read up to: files that only begin alike are different ones.
 */
public final class FingerprintIdentifier implements FileIdentifier {
  private final Newlines newlines;

  /**
   * For the files of a flow.
   *
   * @param newlines say how many bytes a character has at least
   */
  public FingerprintIdentifier(Newlines newlines) {
    this.newlines = newlines;
  }

  @Override
  public FileIdentity identify(OpenFile file, long readTo) throws IOException {
    byte[] first = new byte[Fingerprint.FULL_LENGTH];
    Fingerprint head = Fingerprint.of(file, readTo, newlines, first);
    return new FileIdentity(file.key(), head, HeadIndex.firstBytes(first, head.length()));
  }

  @Override
  public boolean continues(FileIdentity known, Position readTo, OpenFile file) throws IOException {
    byte[] data = new byte[Math.max(known.head().length(), Position.NEAR_BYTES)];
    int got = file.read(0, data, 0, known.head().length());
    if (!known.head().matches(data, got)) {
      return false;
    }
    int near = readTo.nearLength();
    got = file.read(readTo.offset() - near, data, 0, near);
    if (got < near && file.size() >= readTo.offset()) {
      throw new IOException("a read ended before the end of the file");
    }
    return got == near && Fingerprint.hash(data, 0, near) == readTo.near();
  }
}
