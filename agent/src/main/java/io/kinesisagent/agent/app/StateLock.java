package io.kinesisagent.agent.app;

import io.kinesisagent.agent.files.Ownership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes sure that only one agent uses a checkpoint file. The lock goes with the process. */
final class StateLock implements AutoCloseable {
  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Another process holds the lock. */
  static final class HeldException extends Exception {
    private static final long serialVersionUID = 1;

    HeldException(String message) {
      super(message);
    }
  }

  /**
   * Takes the lock of a checkpoint file.
   *
   * @throws HeldException naming the process that has it
   * @throws IOException where the lock file cannot be written
   */
  static StateLock take(Path checkpointFile) throws IOException, HeldException {
    Path file = checkpointFile.resolveSibling(checkpointFile.getFileName() + ".lock");
    Files.createDirectories(file.getParent());
    FileChannel channel = Ownership.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw held(checkpointFile, file, channel);
      }
    } catch (OverlappingFileLockException e) {
      throw held(checkpointFile, file, channel);
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new StateLock(channel);
  }

  private static HeldException held(Path checkpointFile, Path file, FileChannel channel)
      throws IOException {
    String pid = Files.readString(file).strip();
    channel.close();
    return new HeldException(
        "another agent, process "
            + (pid.isEmpty() ? "unknown" : pid)
            + ", uses the checkpoint file "
            + checkpointFile
            + ": stop it first, or give this one a checkpointFile of its own");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
