package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Writes numbered lines to app.log in a folder, as an application does, and rotates it. Several
 * threads may use it and take turns. Lines are written whole, a few to a write.
 */
public final class LogWriter implements AutoCloseable {
  private static final String NAME = "app.log";

  private final Path folder;
  private final Lines lines;
  private FileChannel file;
  private Path path;
  private long firstInFile;
  private long written;
  private int rotations;

  /** Begins with an empty app.log in {@code folder}. */
  public LogWriter(Path folder, Lines lines) {
    this.folder = folder;
    this.lines = lines;
    this.path = folder.resolve(NAME);
    open();
  }

  public Lines lines() {
    return lines;
  }

  /** How many lines have been written, over all files: the lines from 0 up to this. */
  public synchronized long written() {
    return written;
  }

  /** The number of the first line of the current file. */
  public synchronized long firstInFile() {
    return firstInFile;
  }

  /** The file that lines go to now. */
  public synchronized Path path() {
    return path;
  }

  public synchronized int rotations() {
    return rotations;
  }

  /** Writes the next {@code count} lines, as fast as may be. */
  public synchronized void write(long count) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (long i = 0; i < count; i++) {
      byte[] line = lines.line(written + i);
      if (buffer.remaining() < line.length) {
        flush(buffer);
      }
      buffer.put(line);
    }
    flush(buffer);
    written += count;
  }

  /**
   * Writes for {@code millis} at {@code linesPerSecond}, a hundred times a second.
   *
   * @return the number of lines written
   */
  public long writeFor(long millis, int linesPerSecond) {
    long start = System.nanoTime();
    long done = 0;
    for (long at = 10; at <= millis; at += 10) {
      Await.instant(start + TimeUnit.MILLISECONDS.toNanos(at));
      long due = at * linesPerSecond / 1000 - done;
      write(due);
      done += due;
    }
    return done;
  }

  /** Goes on in whatever file has the current name now, as after a signal from logrotate. */
  public synchronized void reopen() {
    try {
      file.close();
      open();
      firstInFile = written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the current file in the manner of {@code style} and begins the next. */
  public synchronized void rotate(Rotation style) {
    try {
      rotations++;
      switch (style) {
        case RENAME -> rename();
        case COPY_TRUNCATE -> {
          Files.copy(path, folder.resolve(NAME + "." + nextFreeNumber()));
          file.truncate(0);
        }
        case TRUNCATE -> file.truncate(0);
        case NEW_NAME -> {
          path = folder.resolve("app-" + rotations + ".log");
          reopen();
        }
        case DELETE -> {
          Files.delete(path);
          reopen();
        }
        case REPLACE -> replace();
      }
      firstInFile = written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rename() throws IOException {
    Path usual = folder.resolve(NAME);
    if (!path.equals(usual) && Files.exists(usual)) {
      // It was left where it is when a file with another name was begun.
      shift(usual);
    }
    shift(path);
    path = usual;
    reopen();
  }

  private void shift(Path newest) throws IOException {
    for (int number = nextFreeNumber(); number > 1; number--) {
      Files.move(numbered(number - 1), numbered(number));
    }
    Files.move(newest, numbered(1));
  }

  private void replace() throws IOException {
    Path aside = folder.resolve(".next");
    FileChannel next =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    file.close();
    file = next;
  }

  private int nextFreeNumber() {
    int number = 1;
    while (Files.exists(numbered(number))) {
      number++;
    }
    return number;
  }

  private Path numbered(int number) {
    return folder.resolve(NAME + "." + number);
  }

  private void open() {
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flush(ByteBuffer buffer) {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
