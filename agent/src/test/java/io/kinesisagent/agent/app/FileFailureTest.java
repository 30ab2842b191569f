package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFailureTest {
  @Test
  void namesTheFileAndWhatIsWrongWithIt() {
    assertThat(FileFailure.text(new AccessDeniedException("/state/checkpoints.lock")))
        .isEqualTo("/state/checkpoints.lock: permission denied");
    assertThat(FileFailure.text(new NoSuchFileException("/saved")))
        .isEqualTo("/saved: there is none");
    assertThat(FileFailure.text(new FileSystemException("/saved", null, "Not a directory")))
        .isEqualTo("/saved: Not a directory");
    assertThat(FileFailure.text(new IOException("Is a directory"))).isEqualTo("Is a directory");
    assertThat(FileFailure.text(new IOException())).isEqualTo("java.io.IOException");
  }
}
