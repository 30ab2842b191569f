package io.kinesisagent.backends.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.MutableBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SentBodyTest {
  /** Remembers what the last write handed over. */
  private static final class Recorder extends OutputStream {
    private int writes;
    private byte[] array;
    private int offset;
    private int length;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) {
      writes++;
      this.array = array;
      this.offset = offset;
      this.length = length;
    }
  }

  @Test
  void theBodyIsHandedOverInOneWriteAndWithoutACopy() throws IOException {
    byte[] text = "0123456789".repeat(30_000).getBytes(StandardCharsets.ISO_8859_1);
    MutableBytes body = new MutableBytes(1_000_000);
    body.append(text, 0, text.length);
    SentBody sent = new SentBody(body);
    assertThat(sent.read()).isEqualTo('0');
    Recorder to = new Recorder();
    assertThat(sent.transferTo(to)).isEqualTo(text.length - 1);
    assertThat(to.writes).isEqualTo(1);
    assertThat(to.array).isSameAs(body.array());
    assertThat(to.offset).isEqualTo(1);
    assertThat(to.length).isEqualTo(text.length - 1);
    assertThat(sent.read()).isEqualTo(-1);
  }
}
