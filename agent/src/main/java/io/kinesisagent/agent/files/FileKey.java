package io.kinesisagent.agent.files;

/**
 * What tells a file from another at one moment: its device and its inode. The inode of a deleted
 * file may come back for another one.
 */
public record FileKey(long device, long inode) {
  @Override
  public String toString() {
    return "(dev=" + Long.toHexString(device) + ",ino=" + inode + ")";
  }
}
