package io.kinesisagent.backends.local;

import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a directory that records are appended to, one after the other. Their names, {@code
 * PREFIX-TIME-NUMBER.log}, sort in the order of writing. A file of an earlier run is never appended
 * to, and what a failed write left of a batch is cut off again, so a file holds whole batches
 * unless the process was killed within a write. A batch is never spread over two files. Safe for
 * use by several threads, which take turns.
 */
final class RollingFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RollingFile.class.getName());
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path directory;
  private final String prefix;
  private final long rollSizeBytes;
  private final int keepFiles;
  private final Clock clock;
  private final Pattern ownNames;
  private final RecordWriter writer = new RecordWriter();

  private Path path;
  private FileChannel channel;
  private long sizeBytes;
  private int number;

  /**
   * @param rollSizeBytes bytes that a file may hold, unless its only batch is larger
   * @param keepFiles finished files to keep, 0 for all
   */
  RollingFile(Path directory, String prefix, long rollSizeBytes, int keepFiles, Clock clock) {
    this.directory = directory;
    this.prefix = prefix;
    this.rollSizeBytes = rollSizeBytes;
    this.keepFiles = keepFiles;
    this.clock = clock;
    ownNames = Pattern.compile(Pattern.quote(prefix) + "-[0-9]{8}T[0-9]{9}Z-[0-9]{6,}\\.log");
  }

  /**
   * Appends a batch whole.
   *
   * @throws IOException where that failed; nothing of the batch remains in a file, as far as the
   *     file system lets it be cut off
   */
  synchronized void append(Batch batch) throws IOException {
    if (channel != null && sizeBytes > 0 && sizeBytes + batch.bytes() > rollSizeBytes) {
      close();
      prune();
    }
    if (channel == null) {
      open();
    }
    try {
      writer.write(batch, channel);
      sizeBytes += batch.bytes();
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  /** Forces the current file to the disk and closes it; the next append begins another. */
  @Override
  public synchronized void close() throws IOException {
    if (channel == null) {
      return;
    }
    try (FileChannel finished = channel) {
      channel = null;
      finished.force(true);
    }
  }

  private void open() throws IOException {
    Files.createDirectories(directory);
    while (channel == null) {
      String time = TIME.format(Instant.ofEpochMilli(clock.epochMillis()));
      path = directory.resolve(String.format(Locale.ROOT, "%s-%s-%06d.log", prefix, time, number));
      number++;
      try {
        channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        // Another flow's, or a clock that was set back: some number is free.
        LOG.log(System.Logger.Level.DEBUG, "{0} exists; taking the next number", path);
      }
    }
    sizeBytes = 0;
  }

  private void cutBack(IOException cause) throws IOException {
    try {
      channel.truncate(sizeBytes);
    } catch (IOException e) {
      cause.addSuppressed(e);
      FileChannel broken = channel;
      channel = null;
      broken.close();
    }
  }

  /** Deletes the oldest files beyond those to keep. Failing to is no reason to hold records up. */
  private void prune() {
    if (keepFiles == 0) {
      return;
    }
    try {
      List<Path> finished;
      try (Stream<Path> files = Files.list(directory)) {
        finished =
            files
                .filter(file -> ownNames.matcher(file.getFileName().toString()).matches())
                .sorted()
                .toList();
      }
      for (Path old : finished.subList(0, Math.max(0, finished.size() - keepFiles))) {
        Files.deleteIfExists(old);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "old files of {0} could not be deleted, and will be tried again with the next file: {1}",
          directory,
          e.toString());
    }
  }

  /** The current file, or the directory before there is one. */
  @Override
  public synchronized String toString() {
    return path == null ? directory.toString() : path.toString();
  }
}
