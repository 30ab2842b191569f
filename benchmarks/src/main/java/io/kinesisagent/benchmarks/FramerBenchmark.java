package io.kinesisagent.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.flow.PatternLineTest;
import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.agent.frame.DockerLine;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.JoiningFramer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.Clock;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each framer's search for the end of the next record, through a chunk that is used again and
 * again; and the plain way: a string for every line, regular expressions on it, Jackson's tree.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class FramerBenchmark {
  private static final int MAX_BYTES = 1 << 20;

  private final Walk lines = new Walk(FramedText.LINES.bytes(StandardCharsets.UTF_8));
  private final Walk wide = new Walk(FramedText.LINES.bytes(StandardCharsets.UTF_16LE));
  private final Walk stacks = new Walk(FramedText.STACKS.bytes(StandardCharsets.UTF_8));
  private final Walk cri = new Walk(FramedText.CRI.bytes(StandardCharsets.UTF_8));
  private final Walk docker = new Walk(FramedText.DOCKER.bytes(StandardCharsets.UTF_8));

  private final Framer lineFramer = new LineFramer();
  private final Framer wideFramer = new LineFramer(Newlines.of(StandardCharsets.UTF_16LE));
  private final Framer multiLineFramer =
      new MultiLineFramer(
          Newlines.ASCII,
          new PatternLineTest(
              new BoundedPattern(FramedText.STACK_START, Clock.system()),
              PatternLineTest.Place.BEGINNING,
              null,
              failure -> {
                throw new IllegalStateException(failure);
              }),
          MAX_BYTES);
  private final Framer criFramer = new JoiningFramer(new CriLine(), MAX_BYTES);
  private final Framer dockerFramer = new JoiningFramer(new DockerLine(), MAX_BYTES);
  private final ObjectMapper mapper = new ObjectMapper();
  private final Pattern criPattern =
      Pattern.compile("(\\S+) (stdout|stderr) ([PF])(?::\\S*)?(?: (.*))?");

  @Benchmark
  public int line() {
    return lines.next(lineFramer);
  }

  @Benchmark
  public String linePlain() {
    return lines.line(StandardCharsets.UTF_8);
  }

  @Benchmark
  public int lineUtf16() {
    return wide.next(wideFramer);
  }

  @Benchmark
  public int multiLine() {
    return stacks.next(multiLineFramer);
  }

  @Benchmark
  public String multiLinePlain() {
    StringBuilder record = new StringBuilder(stacks.line(StandardCharsets.UTF_8));
    while (true) {
      int before = stacks.at();
      String line = stacks.line(StandardCharsets.UTF_8);
      if (FramedText.STACK_START.matcher(line).lookingAt()) {
        stacks.goTo(before);
        return record.toString();
      }
      record.append('\n').append(line);
    }
  }

  @Benchmark
  public int cri() {
    return cri.next(criFramer);
  }

  @Benchmark
  public String criPlain() {
    var matcher = criPattern.matcher(cri.line(StandardCharsets.UTF_8));
    if (!matcher.matches()) {
      throw new IllegalStateException("no line of the format");
    }
    return matcher.group(4);
  }

  @Benchmark
  public int docker() {
    return docker.next(dockerFramer);
  }

  @Benchmark
  public String dockerPlain() throws JsonProcessingException {
    JsonNode tree = mapper.readTree(docker.line(StandardCharsets.UTF_8));
    return tree.path("log").asText();
  }

  /** A place in a chunk, which goes on at its beginning when there is no whole record left. */
  private static final class Walk {
    private final byte[] chunk;
    private int at;

    Walk(byte[] chunk) {
      this.chunk = chunk;
    }

    int next(Framer framer) {
      int end = framer.end(chunk, at, at, chunk.length, Framer.Flush.NOTHING);
      if (end < 0) {
        at = 0;
        end = framer.end(chunk, 0, 0, chunk.length, Framer.Flush.NOTHING);
      }
      at = end;
      return end;
    }

    int at() {
      return at;
    }

    void goTo(int index) {
      at = index;
    }

    String line(Charset charset) {
      int end = at;
      while (chunk[end] != '\n') {
        end++;
      }
      String line = new String(chunk, at, end - at, charset);
      at = end + 1 == chunk.length ? 0 : end + 1;
      return line;
    }
  }
}
