package io.kinesisagent.tests.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.FakeKinesis;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A line that is longer than a record of the stream may be, among others that are joined: each way
 * of joining with each {@code oversizeRecordOption}, undone as consumers do.
 */
class OversizeAggregatesTest {
  private static final int LIMIT = 2000;
  private static final int LONG = 5000;
  private static final String KEY = "key";
  private static final String BEFORE = "before\n";
  private static final String AFTER = "after\n";

  private record Wire(String key, ByteBuffer data) {}

  private final Map<String, List<Wire>> arrived = new ConcurrentHashMap<>();
  @TempDir Path folder;

  @Test
  void eachOptionHoldsInEachWayOfJoining() throws Exception {
    Workspace workspace = new Workspace(folder);
    List<String> streams = new ArrayList<>();
    try (FakeKinesis server =
        new FakeKinesis(
            91,
            (stream, key, data) ->
                arrived
                    .computeIfAbsent(stream, absent -> new CopyOnWriteArrayList<>())
                    .add(new Wire(key, ByteBuffer.wrap(data))))) {
      ObjectNode settings = workspace.settings(server.endpoint());
      for (String joining : List.of("KPL", "NEWLINE")) {
        for (String option : List.of("TRUNCATE", "SPLIT", "DROP", "DEAD_LETTER")) {
          String stream = joining + "-" + option;
          streams.add(stream);
          Files.writeString(
              workspace.logs().resolve(stream), BEFORE + "x".repeat(LONG) + "\n" + AFTER);
          workspace
              .addFlow(settings, stream)
              .put("kinesisStream", stream)
              .put("aggregation", joining)
              .put("oversizeRecordOption", option)
              .put("maxRecordSizeBytes", LIMIT)
              .put("partitionKeyOption", "CONSTANT")
              .put("partitionKey", KEY);
        }
      }
      workspace.configure(settings);
      try (AgentProcess agent = AgentProcess.start(workspace)) {
        agent.until(
            "the last line of each file arrives",
            Scene.PATIENCE,
            () -> streams.stream().allMatch(stream -> text(stream).endsWith(AFTER)));
        agent.terminateCleanly();
      }
    }
    for (String stream : streams) {
      check(stream);
    }
    assertThat(letters(workspace))
        .hasSize(2)
        .allSatisfy(
            letter ->
                assertThat(letter)
                    .contains("\"code\":\"RecordTooLarge\"")
                    .contains("\"offset\":" + BEFORE.length())
                    .contains("-DEAD_LETTER"));
  }

  private void check(String stream) {
    assertThat(arrived.get(stream))
        .as(stream)
        .allSatisfy(
            wire -> {
              assertThat(wire.key()).isEqualTo(KEY);
              assertThat(wire.data().remaining() + KEY.length()).isLessThanOrEqualTo(LIMIT);
            });
    List<String> records = records(stream);
    List<String> between = records.subList(1, records.size() - 1);
    assertThat(records.get(0)).isEqualTo(BEFORE);
    assertThat(records.get(records.size() - 1)).isEqualTo(AFTER);
    switch (stream.substring(stream.indexOf('-') + 1)) {
      case "TRUNCATE" ->
          assertThat(between)
              .singleElement()
              .asString()
              .matches("x+\n")
              .hasSizeBetween(LIMIT - 100, LIMIT);
      case "SPLIT" -> {
        assertThat(between).hasSizeBetween(3, 4).allMatch(piece -> piece.matches("x*\n?"));
        assertThat(String.join("", between).replace("\n", "")).isEqualTo("x".repeat(LONG));
      }
      default -> assertThat(between).isEmpty();
    }
  }

  private String text(String stream) {
    return arrived.containsKey(stream) ? String.join("", records(stream)) : "";
  }

  /** What a consumer makes of a stream. */
  private List<String> records(String stream) {
    List<Wire> wires = arrived.get(stream);
    if (stream.startsWith("KPL")) {
      List<KinesisClientRecord> joined =
          wires.stream()
              .map(
                  wire ->
                      KinesisClientRecord.builder()
                          .partitionKey(wire.key())
                          .sequenceNumber("1")
                          .data(wire.data().duplicate())
                          .build())
              .toList();
      return new AggregatorUtil()
          .deaggregate(joined).stream()
              .map(record -> StandardCharsets.UTF_8.decode(record.data()).toString())
              .toList();
    }
    return wires.stream()
        .flatMap(
            wire ->
                Arrays.stream(
                    StandardCharsets.UTF_8
                        .decode(wire.data().duplicate())
                        .toString()
                        .split("(?<=\n)", -1)))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> letters(Workspace workspace) throws IOException {
    List<String> letters = new ArrayList<>();
    try (Stream<Path> files = Files.walk(workspace.state())) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("dead-letters-")) {
          letters.addAll(Files.readAllLines(file));
        }
      }
    }
    return letters;
  }
}
