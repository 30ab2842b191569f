package io.kinesisagent.tests.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.backends.server.KinesisStreams;
import io.kinesisagent.backends.server.NpmServer;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.FakeKinesis;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * {@code "maxInFlightBatches": 1} before a stream that is kept by a Kinesis server of others, with
 * a server of ours before it that refuses some records of each request, some requests, and cuts
 * some connections: by the sequence numbers each key's records are in the order of their file.
 */
class OrderTest {
  private static final int LINES = 400;

  @TempDir Path folder;

  @Test
  void oneFileOfOneKey() throws Exception {
    isInOrder(List.of("app.log"), Map.of("partitionKeyOption", "FILE"), 0.2, 0.05);
  }

  @Test
  void severalFilesOfAKeyEach() throws Exception {
    isInOrder(
        List.of("app1.log", "app2.log", "app3.log"),
        Map.of("partitionKeyOption", "FILE"),
        0.2,
        0.05);
  }

  @Test
  void refusedRecordsAloneAreRepeatedByNobody() throws Exception {
    Stream stream =
        isInOrder(
            List.of("app.log"),
            Map.of("partitionKeyOption", "CONSTANT", "partitionKey", "one"),
            0.3,
            0);
    assertThat(stream.records).hasSize(LINES);
  }

  /** What a stream holds, and how often a record was accepted without telling. */
  private record Stream(List<Record> records, long acceptedAndCut) {}

  private Stream isInOrder(
      List<String> files, Map<String, String> keys, double failedRecords, double cut)
      throws Exception {
    try (NpmServer npm = NpmServer.kinesalite();
        KinesisStreams streams = new KinesisStreams(URI.create("http://127.0.0.1:" + npm.port()))) {
      streams.create("ordered", 3);
      Workspace workspace = new Workspace(folder);
      AtomicLong arrived = new AtomicLong();
      try (FakeKinesis front =
          new FakeKinesis(
              7,
              (stream, key, data) -> {
                streams.put(stream, key, data);
                arrived.incrementAndGet();
              })) {
        front.faults(new Faults(failedRecords, 0.05, cut, 0, 0));
        ObjectNode settings = workspace.toKinesis(front.endpoint(), "app*", "ordered");
        ObjectNode flow = (ObjectNode) settings.at("/flows/0");
        flow.put("maxInFlightBatches", 1).put("retryInitialBackoffMillis", 5);
        keys.forEach(flow::put);
        workspace.configure(settings);
        for (String file : files) {
          Files.write(
              workspace.logs().resolve(file),
              IntStream.range(0, LINES).mapToObj(i -> file + " " + i).toList());
        }
        try (AgentProcess agent = AgentProcess.start(workspace)) {
          agent.until(
              "every line arrives",
              Duration.ofMinutes(2),
              () -> arrived.get() >= (long) LINES * files.size() + front.acceptedAndCut(),
              () -> arrived + " records have arrived");
          agent.terminateCleanly();
        }
        assertThat(front.failures()).isGreaterThan(LINES / 20);
        Stream stream = new Stream(streams.read("ordered"), front.acceptedAndCut());
        check(files, stream);
        return stream;
      }
    }
  }

  private static void check(List<String> files, Stream stream) throws IOException {
    Map<String, List<Record>> byKey =
        stream.records.stream().collect(Collectors.groupingBy(Record::partitionKey));
    assertThat(byKey).hasSize(files.size());
    Map<String, List<Integer>> numbers = new HashMap<>();
    byKey.values().forEach(records -> enter(records, numbers));
    for (String file : files) {
      List<Integer> ofFile = numbers.get(file);
      assertThat(ofFile).isSorted();
      assertThat(ofFile.stream().distinct().toList())
          .isEqualTo(IntStream.range(0, LINES).boxed().toList());
    }
    long repeats = stream.records.size() - (long) LINES * files.size();
    System.out.printf(
        "%d keys: %d records in order by sequence number, %d of them repeats after cut answers%n",
        files.size(), stream.records.size(), repeats);
    assertThat(repeats).isLessThanOrEqualTo(stream.acceptedAndCut);
  }

  /** Enters a key's line numbers by file, in the order of their sequence numbers. */
  private static void enter(List<Record> records, Map<String, List<Integer>> numbers) {
    Map<BigInteger, Record> bySequence = new TreeMap<>(Comparator.naturalOrder());
    records.forEach(record -> bySequence.put(new BigInteger(record.sequenceNumber()), record));
    assertThat(bySequence).hasSameSizeAs(records);
    for (Record record : bySequence.values()) {
      String[] words = record.data().asUtf8String().strip().split(" ", -1);
      numbers.computeIfAbsent(words[0], file -> new ArrayList<>()).add(Integer.parseInt(words[1]));
    }
  }
}
