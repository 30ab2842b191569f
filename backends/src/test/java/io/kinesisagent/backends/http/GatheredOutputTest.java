package io.kinesisagent.backends.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GatheredOutputTest {
  /** Keeps what is written, and the size of each write. */
  private static final class Recorder extends OutputStream {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private int flushes;

    @Override
    public void write(byte[] bytes, int offset, int length) {
      all.write(bytes, offset, length);
      writes.add(length);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() {
      flushes++;
    }
  }

  private final Recorder below = new Recorder();
  private final GatheredOutput out = new GatheredOutput(below);

  @Test
  void withoutBeingToldItHoldsNothingBack() throws IOException {
    out.write(new byte[10]);
    out.write(1);
    out.flush();

    assertThat(below.writes).containsExactly(10, 1);
    assertThat(below.flushes).isEqualTo(1);
  }

  @Test
  void fourRecordsOfTlsAreOneWrite() throws IOException {
    out.gather();
    for (int i = 0; i < 4; i++) {
      out.write(new byte[16 * 1024 + 22]);
      out.flush();
    }
    assertThat(below.writes).isEmpty();

    out.push();

    assertThat(below.writes).containsExactly(4 * (16 * 1024 + 22));
    assertThat(below.flushes).isEqualTo(1);
  }

  @Test
  void whatIsLongerThanItHoldsIsNotCopied() throws IOException {
    out.gather();
    out.write(new byte[100]);
    out.write(new byte[GatheredOutput.MOST_BYTES]);

    assertThat(below.writes).containsExactly(100, GatheredOutput.MOST_BYTES);
  }

  @Property(tries = 300)
  void allBytesArriveOnceInTheirOrder(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Recorder recorder = new Recorder();
    GatheredOutput gathered = new GatheredOutput(recorder);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    for (int i = random.nextInt(40); i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> gathered.gather();
        case 1 -> gathered.push();
        case 2 -> gathered.flush();
        default -> {
          byte[] bytes = new byte[random.nextInt(1 << random.nextInt(1, 18))];
          random.nextBytes(bytes);
          int offset = random.nextInt(bytes.length + 1);
          gathered.write(bytes, offset, bytes.length - offset);
          written.write(bytes, offset, bytes.length - offset);
        }
      }
    }
    gathered.push();

    assertThat(recorder.all.toByteArray()).isEqualTo(written.toByteArray());
  }
}
