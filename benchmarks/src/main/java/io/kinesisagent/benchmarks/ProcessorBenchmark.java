package io.kinesisagent.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.spi.ProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each processor on a usual record, and the plain way to do the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class ProcessorBenchmark {
  private static final List<String> COMMON_NAMES =
      List.of("host", "ident", "authuser", "datetime", "request", "response", "bytes");
  private static final List<String> SYSLOG_NAMES =
      List.of("timestamp", "hostname", "program", "processid", "message");
  private static final List<String> CSV_NAMES =
      List.of("time", "level", "host", "status", "path", "millis", "user", "country");
  private static final String METADATA = "{\"service\":\"shop\",\"stage\":\"production\"}";
  private static final Pattern PATTERN =
      Pattern.compile("(\\S+) (\\S+) (\\S+) \\[([^]]+)\\] \"([^\"]*)\" (\\d+|-) (\\d+|-)");

  private final byte[] common =
      bytes(
          "64.242.88.10 - frank [07/Mar/2004:16:10:02 -0800]"
              + " \"GET /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291\n");
  private final byte[] combined =
      bytes(
          "64.242.88.10 - frank [07/Mar/2004:16:10:02 -0800]"
              + " \"GET /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291"
              + " \"https://www.example.com/start.html\""
              + " \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"\n");
  private final byte[] syslog =
      bytes(
          "Mar 12 12:00:08 server2 rcd[308]: Loaded 12 packages in 'ximian-red-carpet|351'"
              + " (0.01878 seconds)\n");
  private final byte[] csv =
      bytes("2026-11-23T01:50:31Z, INFO, host-17, 200, /shop/cart/items, 12, frank, de\n");
  private final byte[] json =
      bytes("{\n  \"level\": \"INFO\",\n  \"status\": 200,\n  \"path\": \"/shop/cart\"\n}\n");

  private BenchmarkedProcessor commonLog;
  private BenchmarkedProcessor combinedLog;
  private BenchmarkedProcessor syslogLog;
  private BenchmarkedProcessor patternLog;
  private BenchmarkedProcessor csvToJson;
  private BenchmarkedProcessor singleLine;
  private BenchmarkedProcessor addMetadata;
  private BenchmarkedProcessor addBrackets;
  private JsonNode metadata;

  /** Makes the processors and sees that each does just what the plain way does. */
  @Setup
  public void create() throws ProcessingException, JsonProcessingException {
    commonLog = BenchmarkedProcessor.of("LOGTOJSON", Map.of("logFormat", "COMMONAPACHELOG"));
    combinedLog = BenchmarkedProcessor.of("LOGTOJSON", Map.of("logFormat", "COMBINEDAPACHELOG"));
    syslogLog = BenchmarkedProcessor.of("LOGTOJSON", Map.of("logFormat", "SYSLOG"));
    Map<String, Object> ofPattern =
        Map.of(
            "logFormat", "COMMONAPACHELOG",
            "matchPattern", PATTERN,
            "customFieldNames", COMMON_NAMES);
    patternLog = BenchmarkedProcessor.of("LOGTOJSON", ofPattern);
    csvToJson = BenchmarkedProcessor.of("CSVTOJSON", Map.of("customFieldNames", CSV_NAMES));
    singleLine = BenchmarkedProcessor.of("SINGLELINE", Map.of());
    addMetadata = BenchmarkedProcessor.of("ADDMETADATA", Map.of("metadata", METADATA));
    addBrackets = BenchmarkedProcessor.of("ADDBRACKETS", Map.of());
    metadata = new ObjectMapper().readTree(METADATA);
    expectSame(commonLog.text(common), commonApacheLogPlain());
    expectSame(combinedLog.text(combined), combinedApacheLogPlain());
    expectSame(syslogLog.text(syslog), syslogPlain());
    expectSame(patternLog.text(common), commonApacheLogPlain());
    expectSame(csvToJson.text(csv), csvToJsonPlain());
    expectSame(singleLine.text(json), singleLinePlain());
    expectSame(addMetadata.text(common), addMetadataPlain());
    expectSame(addBrackets.text(common), addBracketsPlain());
  }

  @Benchmark
  public int commonApacheLog() throws ProcessingException {
    return commonLog.process(common);
  }

  @Benchmark
  public byte[] commonApacheLogPlain() throws JsonProcessingException {
    return PlainProcessors.commonApacheLog(common);
  }

  @Benchmark
  public int combinedApacheLog() throws ProcessingException {
    return combinedLog.process(combined);
  }

  @Benchmark
  public byte[] combinedApacheLogPlain() throws JsonProcessingException {
    return PlainProcessors.combinedApacheLog(combined);
  }

  @Benchmark
  public int syslog() throws ProcessingException {
    return syslogLog.process(syslog);
  }

  @Benchmark
  public byte[] syslogPlain() throws JsonProcessingException {
    return PlainProcessors.syslog(syslog, SYSLOG_NAMES);
  }

  @Benchmark
  public int matchPattern() throws ProcessingException {
    return patternLog.process(common);
  }

  @Benchmark
  public int csvToJson() throws ProcessingException {
    return csvToJson.process(csv);
  }

  @Benchmark
  public byte[] csvToJsonPlain() throws JsonProcessingException {
    return PlainProcessors.csv(csv, CSV_NAMES);
  }

  @Benchmark
  public int singleLine() throws ProcessingException {
    return singleLine.process(json);
  }

  @Benchmark
  public byte[] singleLinePlain() {
    return PlainProcessors.singleLine(json);
  }

  @Benchmark
  public int addMetadata() throws ProcessingException {
    return addMetadata.process(common);
  }

  @Benchmark
  public byte[] addMetadataPlain() throws JsonProcessingException {
    return PlainProcessors.metadata(common, metadata);
  }

  @Benchmark
  public int addBrackets() throws ProcessingException {
    return addBrackets.process(common);
  }

  @Benchmark
  public byte[] addBracketsPlain() {
    return PlainProcessors.brackets(common);
  }

  private static void expectSame(String found, byte[] plain) {
    String expected = new String(plain, StandardCharsets.UTF_8);
    if (!found.equals(expected)) {
      throw new IllegalStateException(found + " is not " + expected);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
