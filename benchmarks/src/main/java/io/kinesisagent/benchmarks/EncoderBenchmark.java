package io.kinesisagent.benchmarks;

import io.kinesisagent.backends.stream.EncodedBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lines of an access log made into the bodies of requests to Kinesis; and of those of aggregates
 * the checksums alone, side by side as they are there and, plain, one after the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class EncoderBenchmark {
  private static final int SINGLE_RECORDS = 500;
  private static final int JOINED_RECORDS = 20_000;

  private final Batch single = new Lines(SINGLE_RECORDS);
  private final Batch joined = new Lines(JOINED_RECORDS);
  private final EncodedBatch none = new EncodedBatch(EncodedBatch.Form.NONE);
  private final EncodedBatch newline = new EncodedBatch(EncodedBatch.Form.NEWLINE);
  private final EncodedBatch kpl = new EncodedBatch(EncodedBatch.Form.KPL);
  private final EncodedBatch.Digests digests = new EncodedBatch.Digests();

  @Benchmark
  @OperationsPerInvocation(SINGLE_RECORDS)
  public int none() {
    return none.encode(single);
  }

  @Benchmark
  @OperationsPerInvocation(JOINED_RECORDS)
  public int newline() {
    return newline.encode(joined);
  }

  @Benchmark
  @OperationsPerInvocation(JOINED_RECORDS)
  public int kpl() {
    return kpl.encode(joined);
  }

  @Benchmark
  @OperationsPerInvocation(EncodedBatch.Digests.LINES)
  public EncodedBatch.Digests kplDigests() {
    digests.sideBySide();
    return digests;
  }

  @Benchmark
  @OperationsPerInvocation(EncodedBatch.Digests.LINES)
  public int kplDigestsPlain() {
    return digests.oneByOne();
  }

  /** The same line many times, packed as the agent packs a batch. */
  private static final class Lines implements Batch {
    private final byte[] bytes;
    private final int count;
    private final int length;

    Lines(int count) {
      this.count = count;
      bytes = FramedText.LINES.records(count, StandardCharsets.UTF_8);
      length = bytes.length / count;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public int bytes() {
      return bytes.length;
    }

    @Override
    public boolean wholeLines() {
      return true;
    }

    @Override
    public void read(int index, RecordCursor into) {
      into.set(bytes, index * length, length, this, index);
    }

    @Override
    public RecordContext context(int index) {
      throw new UnsupportedOperationException("keys here do not depend on it");
    }
  }
}
