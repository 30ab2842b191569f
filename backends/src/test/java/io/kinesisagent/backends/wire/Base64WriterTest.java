package io.kinesisagent.backends.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.MutableBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Base64WriterTest {
  @Property
  void theJdksEncoderAgrees(@ForAll byte[] bytes, @ForAll byte before) {
    byte[] shifted = new byte[bytes.length + 2];
    shifted[0] = before;
    System.arraycopy(bytes, 0, shifted, 1, bytes.length);
    MutableBytes into = new MutableBytes(1);
    into.append('>');
    Base64Writer.append(shifted, 1, bytes.length, into);
    assertThat(new String(Arrays.copyOf(into.array(), into.length()), StandardCharsets.ISO_8859_1))
        .isEqualTo(">" + Base64.getEncoder().encodeToString(bytes));
  }
}
