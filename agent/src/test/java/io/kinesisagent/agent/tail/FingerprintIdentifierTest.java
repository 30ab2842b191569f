package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FingerprintIdentifierTest extends FileIdentifierContract {
  private static final String ROOM = "\0".repeat(4000);

  @Override
  FileIdentifier identifier() {
    return new FingerprintIdentifier(Newlines.ASCII);
  }

  /** A character of ASCII in UTF-16LE ends with a NUL, and so does a file of them. */
  @Test
  void theLastByteOfACharacterIsNoRoom() throws IOException {
    String text = "one line\n".repeat(100);
    assertThat(headOf(text).full()).isTrue();
    assertThat(headOf(ROOM + text).full()).isTrue();
    assertThat(headOf(text + ROOM).full()).isTrue();
    assertThat(headOf("one\n" + ROOM).length()).isEqualTo(8);
    assertThat(headOf(ROOM)).isEqualTo(Fingerprint.NONE);
  }

  private Fingerprint headOf(String text) throws IOException {
    Newlines newlines = Newlines.of(StandardCharsets.UTF_16LE);
    Files.write(folder.resolve("app.log"), text.getBytes(StandardCharsets.UTF_16LE));
    try (OpenFile file = new NioFileSource().open(folder.resolve("app.log"))) {
      return new FingerprintIdentifier(newlines).identify(file, 0).head();
    }
  }
}
