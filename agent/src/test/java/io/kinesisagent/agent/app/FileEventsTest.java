package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.discover.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel tells of a file wakes the flow, which does nothing by itself here; but its thread
 * sleeps for a second at the longest, which is how long each line takes where nobody is woken.
 */
class FileEventsTest {
  private static final int LINES = 300;

  @TempDir Path folder;

  @Test
  @Timeout(value = LINES / 2, unit = TimeUnit.SECONDS)
  void everyAppendIsReadAtOnce() throws IOException, InterruptedException {
    try (DirectoryWatcher watcher = new DirectoryWatcher(FileSystems.getDefault(), said -> {});
        ConfiguredAgent agent =
            new ConfiguredAgent(
                folder, watcher::subscribe, "", "\"keep\": \"a\", \"maxBufferSizeRecords\": 1")) {
      agent.append("first\n");
      assertThat(agent.takeSent()).containsExactly("first\n");
      agent.runWhenWoken();
      for (int i = 0; i < LINES; i++) {
        String line = "line " + i + "\n";
        agent.append(line);
        assertThat(agent.kept().await()).containsExactly(line);
      }
    }
  }
}
