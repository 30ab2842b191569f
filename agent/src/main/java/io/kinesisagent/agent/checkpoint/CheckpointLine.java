package io.kinesisagent.agent.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Position;
import io.kinesisagent.agent.tail.Rungs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One line of the checkpoint file, as JSON that a person can read and mend. */
final class CheckpointLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointLine() {}

  /**
   * What a line says: a checkpoint, or that a flow was started.
   *
   * @param checkpoint null where a flow was started
   * @param startedEpochMillis when; of no meaning elsewhere
   */
  record Parsed(String flow, Checkpoint checkpoint, long startedEpochMillis) {}

  static void write(Checkpoint checkpoint, OutputStream out) throws IOException {
    KnownTail tail = checkpoint.tail();
    try (JsonGenerator json =
        JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeStringField("flow", checkpoint.flow());
      json.writeNumberField("generation", tail.generation());
      if (checkpoint.forgotten()) {
        json.writeBooleanField("forgotten", true);
      }
      json.writeStringField("path", tail.path().toString());
      json.writeStringField("device", Long.toHexString(tail.key().device()));
      json.writeNumberField("inode", tail.key().inode());
      json.writeStringField("fingerprint", Long.toHexString(tail.head().hash()));
      json.writeNumberField("fingerprintLength", tail.head().length());
      json.writeStringField("firstBytes", Long.toHexString(tail.firstBytes()));
      json.writeNumberField("origin", tail.origin());
      json.writeNumberField("offset", tail.position().offset());
      json.writeStringField("crc", Integer.toHexString(tail.position().crc()));
      json.writeStringField("near", Long.toHexString(tail.position().near()));
      writeRungs(tail.rungs(), json);
      json.writeNumberField("size", tail.size());
      if (tail.rotated()) {
        json.writeBooleanField("rotated", true);
      }
      if (tail.copy()) {
        json.writeBooleanField("copy", true);
      }
      json.writeStringField("time", Instant.ofEpochMilli(checkpoint.epochMillis()).toString());
      json.writeEndObject();
    }
    out.write('\n');
  }

  /** As pairs of an offset and a checksum. */
  private static void writeRungs(List<Rungs.Rung> rungs, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("rungs");
    for (Rungs.Rung rung : rungs) {
      json.writeStartArray();
      json.writeNumber(rung.offset());
      json.writeString(Integer.toHexString(rung.crc()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static List<Rungs.Rung> rungs(JsonNode pairs) {
    List<Rungs.Rung> rungs = new ArrayList<>(pairs.size());
    for (JsonNode pair : pairs) {
      rungs.add(
          new Rungs.Rung(
              pair.path(0).longValue(), Integer.parseUnsignedInt(pair.path(1).asText(), 16)));
    }
    return rungs;
  }

  static void writeStarted(String flow, long epochMillis, OutputStream out) throws IOException {
    try (JsonGenerator json =
        JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeStringField("flow", flow);
      json.writeStringField("started", Instant.ofEpochMilli(epochMillis).toString());
      json.writeEndObject();
    }
    out.write('\n');
  }

  /**
   * Reads a line.
   *
   * @throws IOException where it is not one
   */
  static Parsed parse(byte[] line, int offset, int length) throws IOException {
    JsonNode json = JSON.readTree(line, offset, length);
    if (json == null || !json.isObject()) {
      throw new IOException("not a JSON object");
    }
    String flow = text(json, "flow");
    try {
      if (json.has("started")) {
        return new Parsed(flow, null, Instant.parse(text(json, "started")).toEpochMilli());
      }
      FileKey key =
          new FileKey(Long.parseUnsignedLong(text(json, "device"), 16), number(json, "inode"));
      Fingerprint head =
          new Fingerprint(
              (int) number(json, "fingerprintLength"),
              Long.parseUnsignedLong(text(json, "fingerprint"), 16));
      Position position =
          new Position(
              number(json, "offset"),
              Integer.parseUnsignedInt(text(json, "crc"), 16),
              Long.parseUnsignedLong(text(json, "near"), 16));
      KnownTail tail =
          new KnownTail(
              number(json, "generation"),
              path(text(json, "path")),
              key,
              head,
              number(json, "origin"),
              position,
              number(json, "size"),
              json.path("rotated").asBoolean(),
              json.path("copy").asBoolean(),
              Long.parseUnsignedLong(json.path("firstBytes").asText("0"), 16),
              rungs(json.path("rungs")));
      long time = Instant.parse(text(json, "time")).toEpochMilli();
      return new Parsed(
          flow, new Checkpoint(flow, tail, json.path("forgotten").asBoolean(), time), 0);
    } catch (RuntimeException e) {
      throw new IOException("not a checkpoint: " + e.getMessage(), e);
    }
  }

  /** In a locale that lacks a character of it, nearly the path: a file is known by its identity. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException unmappable) {
      return Path.of(text.replaceAll("[^\\x01-\\x7f]", "?"));
    }
  }

  private static String text(JsonNode json, String field) throws IOException {
    JsonNode value = json.get(field);
    if (value == null || !value.isTextual()) {
      throw new IOException("no text in the field " + field);
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String field) throws IOException {
    JsonNode value = json.get(field);
    if (value == null || !value.isIntegralNumber()) {
      throw new IOException("no whole number in the field " + field);
    }
    return value.longValue();
  }
}
