package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A state file through {@code java.nio.file}. Whoever replaces it, it stays the user's whose it
 * was.
 */
public final class NioStateFile implements StateFile, AutoCloseable {
  private final Path path;
  private final Path previous;
  private final Path temporary;
  private FileChannel channel;

  /** The file need not exist; its directory is made where it does not. */
  public NioStateFile(Path path) {
    this.path = path;
    this.previous = path.resolveSibling(path.getFileName() + ".previous");
    this.temporary = path.resolveSibling(path.getFileName() + ".new");
  }

  @Override
  public byte[] read() throws IOException {
    return readOrEmpty(path);
  }

  @Override
  public byte[] readPrevious() throws IOException {
    return readOrEmpty(previous);
  }

  private static byte[] readOrEmpty(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    FileChannel out = channel();
    long before = out.size();
    try {
      writeFully(out, bytes);
    } catch (IOException e) {
      // A half-written line would hide those behind it.
      out.truncate(before);
      throw e;
    }
  }

  @Override
  public void sync() throws IOException {
    channel().force(false);
  }

  @Override
  public void replace(byte[] content) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    // One that a crash has left may belong to another user.
    Files.deleteIfExists(temporary);
    try (FileChannel out =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (Files.exists(path)) {
        Ownership.keep(path, temporary);
      } else {
        Ownership.inherit(directory, temporary);
      }
      writeFully(out, content);
      out.force(true);
    }
    close();
    if (Files.exists(path)) {
      Files.deleteIfExists(previous);
      Files.createLink(previous, path);
    }
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory();
  }

  @Override
  public String keepAside(String suffix) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + suffix);
    Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
    Ownership.keep(path, aside);
    return aside.toString();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      channel = Ownership.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    return channel;
  }

  private static void writeFully(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private void syncDirectory() throws IOException {
    try (FileChannel directory =
        FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
