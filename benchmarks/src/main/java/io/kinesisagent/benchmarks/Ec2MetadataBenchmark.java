package io.kinesisagent.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.kinesisagent.spi.ProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** ADDEC2METADATA beside a metadata service of the benchmark's own, and the plain way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class Ec2MetadataBenchmark {
  private static final String DOCUMENT = "{\"region\":\"eu-west-1\",\"instanceId\":\"i-0123\"}";

  private final byte[] record =
      "{\"level\":\"INFO\",\"status\":200,\"path\":\"/shop/cart/items\",\"user\":\"frank\"}\n"
          .getBytes(StandardCharsets.UTF_8);
  private HttpServer service;
  private BenchmarkedProcessor processor;
  private ObjectNode added;

  /** Starts the service and waits until the processor has asked it. */
  @Setup
  public void start() throws IOException, ProcessingException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          boolean tags = exchange.getRequestURI().getPath().contains("tags");
          byte[] body = DOCUMENT.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(tags ? 404 : 200, tags ? -1 : body.length);
          if (!tags) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    service.createContext(
        "/latest/api/token",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("token".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    service.start();
    System.setProperty(
        "aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + service.getAddress().getPort());
    processor =
        BenchmarkedProcessor.of(
            "ADDEC2METADATA", Map.of("fields", List.of("instanceId", "region")));
    processor.awaitReady();
    added = (ObjectNode) new ObjectMapper().readTree("{\"instanceId\":\"i-0123\"}");
    added.put("region", "eu-west-1");
    String plain = new String(addEc2MetadataPlain(), StandardCharsets.UTF_8);
    if (!processor.text(record).equals(plain)) {
      throw new IllegalStateException(processor.text(record) + " is not " + plain);
    }
  }

  /** Stops the service. */
  @TearDown
  public void stop() {
    processor.close();
    service.stop(0);
  }

  @Benchmark
  public int addEc2Metadata() throws ProcessingException {
    return processor.process(record);
  }

  @Benchmark
  public byte[] addEc2MetadataPlain() throws JsonProcessingException {
    return PlainProcessors.merged(record, added);
  }
}
