package io.kinesisagent.agent.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.send.DeadLetters;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Failure;
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

/**
 * Records that can never be delivered, as JSON lines in a file a day: where they come from, why
 * they were refused, and their bytes in base64. Safe for use by several threads.
 */
final class JsonDeadLetters implements DeadLetters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Clock clock;

  JsonDeadLetters(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public synchronized void write(RecordView letter, Failure reason) throws IOException {
    Instant now = Instant.ofEpochMilli(clock.epochMillis());
    ByteArrayOutputStream line = new ByteArrayOutputStream(letter.length() * 4 / 3 + 512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", now.toString());
      json.writeStringField("flow", letter.context().flow());
      json.writeStringField("file", letter.context().file());
      json.writeNumberField("offset", letter.context().offset());
      json.writeStringField("recordId", letter.context().recordId());
      json.writeStringField("code", reason.code());
      json.writeStringField("detail", reason.detail());
      json.writeBinaryField("data", copy(letter));
      json.writeEndObject();
    }
    line.write('\n');
    append(LocalDate.ofInstant(now, ZoneOffset.UTC), line.toByteArray());
  }

  private void append(LocalDate day, byte[] line) throws IOException {
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
        ByteBuffer buffer = ByteBuffer.wrap(line);
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
