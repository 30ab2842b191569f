package io.kinesisagent.tests.tailing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** A file as its writer holds it: open for appending, whatever becomes of its name. */
final class LogFile implements AutoCloseable {
  private final FileChannel channel;
  private Path path;

  /** Opens {@code name} in {@code folder} as a writer does, and makes it where it is not there. */
  LogFile(Path folder, String name) {
    this.path = folder.resolve(name);
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines that differ, {@code name} among them, from {@code from} up to {@code to}. */
  static List<String> lines(String name, int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int number = from; number < to; number++) {
      lines.add(name + " line " + number + " with some words to make it longer\n");
    }
    return lines;
  }

  /** Appends; each character is a byte. */
  LogFile append(String bytes) {
    try {
      channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  LogFile append(List<String> lines) {
    return append(String.join("", lines));
  }

  /** Appends more than the agent can hold while its destination does not answer. */
  void appendMuch() {
    for (int part = 0; part < 100; part++) {
      append(lines("part " + part, 0, 4_000));
    }
  }

  /** Says that it was written to {@code millis} after a fixed second. */
  LogFile modified(int millis) {
    try {
      Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_000L + millis));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  void truncate() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the file another name, in place of whatever has it. */
  void rename(String name) {
    rename(path.resolveSibling(name));
  }

  void rename(Path target) {
    try {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
      path = target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the content to a file beside it. */
  void copy(String name) {
    try {
      Files.copy(path, path.resolveSibling(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
