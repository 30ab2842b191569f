package io.kinesisagent.agent.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.send.DeadLetter;
import io.kinesisagent.agent.send.DeadLetters;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Records that can never be delivered, as JSON lines in a file a day: where they come from, why
 * they were refused, and their bytes in base64. Safe for use by several threads; the files are
 * written by one of its own.
 */
final class JsonDeadLetters implements DeadLetters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long THREAD_SECONDS = 60;

  private final Path directory;
  private final Clock clock;

  private final Executor writer;

  /** Files that are written by a thread of their own, which is there only while it has work. */
  JsonDeadLetters(Path directory, Clock clock) {
    this(
        directory,
        clock,
        // A disk that hangs holds up nothing else.
        new ThreadPoolExecutor(
            0,
            1,
            THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            JsonDeadLetters::thread));
  }

  /**
   * Files that are written by some executor.
   *
   * @param writer runs one at a time
   */
  JsonDeadLetters(Path directory, Clock clock, Executor writer) {
    this.directory = directory;
    this.clock = clock;
    this.writer = writer;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "dead-letters");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public CompletionStage<Void> write(List<DeadLetter> letters) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            writeNow(letters);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        writer);
  }

  private void writeNow(List<DeadLetter> letters) throws IOException {
    Instant now = Instant.ofEpochMilli(clock.epochMillis());
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (DeadLetter letter : letters) {
      writeLine(letter, now, lines);
    }
    append(LocalDate.ofInstant(now, ZoneOffset.UTC), lines.toByteArray());
  }

  private static void writeLine(DeadLetter letter, Instant now, ByteArrayOutputStream lines)
      throws IOException {
    RecordContext from = letter.record().context();
    try (JsonGenerator json = JSON.createGenerator(lines)) {
      json.writeStartObject();
      json.writeStringField("time", now.toString());
      json.writeStringField("flow", from.flow());
      json.writeStringField("file", from.file());
      json.writeNumberField("offset", from.offset());
      json.writeStringField("recordId", from.recordId());
      json.writeStringField("code", letter.reason().code());
      json.writeStringField("detail", letter.reason().detail());
      json.writeBinaryField("data", copy(letter.record()));
      json.writeEndObject();
    }
    lines.write('\n');
  }

  private void append(LocalDate day, byte[] lines) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path file = directory.resolve("dead-letters-" + day + ".jsonl");
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      long before = out.size();
      try {
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(false);
      } catch (IOException e) {
        out.truncate(before);
        throw e;
      }
    }
  }

  private static byte[] copy(RecordView record) {
    byte[] bytes = new byte[record.length()];
    System.arraycopy(record.array(), record.offset(), bytes, 0, bytes.length);
    return bytes;
  }
}
