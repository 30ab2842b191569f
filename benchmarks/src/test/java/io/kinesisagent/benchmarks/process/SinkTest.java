package io.kinesisagent.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class SinkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void sumsWhatTheSdkSendsInCborAndInJson(String cbor) throws IOException {
    Path file = folder.resolve("access.log");
    RecordSum written = new AccessLog(1).write(file, 200_000);
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
    try (Sink sink = new Sink(null, (data, from, to) -> {});
        KinesisClient client = client(sink)) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      for (int from = 0; from < lines.size(); from += 500) {
        List<String> some = lines.subList(from, Math.min(lines.size(), from + 500));
        PutRecordsResponse response = put(client, some);
        assertThat(response.failedRecordCount()).isZero();
        assertThat(response.records()).hasSameSizeAs(some);
      }
      assertThat(sink.sum()).isEqualTo(written);
      assertThat(sink.requests()).isEqualTo((lines.size() + 499) / 500);
    } finally {
      System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    }
  }

  @Test
  void theFloorShipsEveryLineOverTls() throws Exception {
    try (Bench bench = new Bench(folder)) {
      Scenarios scenarios = new Scenarios(bench);
      scenarios.prepare(3);
      scenarios.floor();
      assertThat(scenarios.rows())
          .singleElement()
          .satisfies(row -> assertThat(row.cost().cpuMillis()).isPositive())
          .satisfies(row -> assertThat(row.cost().peakRssBytes()).isPositive());
      assertThat(Row.table(scenarios.rows())).contains("floor", "1.00");
    }
  }

  @Test
  void sumsDoNotDependOnTheOrderButOnEveryByte() {
    AccessLog log = new AccessLog(5);
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add(log.line());
    }
    RecordSum sum = sum(lines);
    Collections.shuffle(lines, new Random(1));
    assertThat(sum(lines)).isEqualTo(sum);
    for (int at : new int[] {0, 7, 8, 50, lines.get(0).length - 2}) {
      lines.get(0)[at] ^= 1;
      assertThat(sum(lines)).isNotEqualTo(sum);
      lines.get(0)[at] ^= 1;
    }
    lines.add(lines.get(3));
    assertThat(sum(lines)).isNotEqualTo(sum);
  }

  @Test
  void latenciesAreReadFromTheLines() {
    LatencyVisitor visitor = new LatencyVisitor();
    byte[] line = LatencyVisitor.line();
    visitor.record(line, 0, line.length);
    byte[] other = "last of all".getBytes(StandardCharsets.US_ASCII);
    visitor.record(other, 0, other.length);

    assertThat(visitor.size()).isEqualTo(1);
    assertThat(visitor.millis(0.99)).isBetween(0.0, 10_000.0);
  }

  private static RecordSum sum(List<byte[]> lines) {
    return lines.stream()
        .map(line -> new RecordSum(1, line.length, RecordSum.hash(line, 0, line.length)))
        .reduce(RecordSum.NONE, RecordSum::plus);
  }

  private static PutRecordsResponse put(KinesisClient client, List<String> lines) {
    List<PutRecordsRequestEntry> entries =
        lines.stream()
            .map(
                line ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey("k")
                        .data(SdkBytes.fromUtf8String(line + "\n"))
                        .build())
            .toList();
    return client.putRecords(request -> request.streamName("s").records(entries));
  }

  private static KinesisClient client(Sink sink) {
    return KinesisClient.builder()
        .endpointOverride(
            URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d", sink.port())))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "x")))
        .build();
  }
}
