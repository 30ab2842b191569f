package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.discover.Scanner;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.NioFileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsentDirectoriesTest {
  @TempDir Path folder;

  @Test
  void aDirectoryThatIsAbsentIsSaidOnceEachTime() throws IOException {
    Path service = folder.resolve("service");
    String text = "{\"flows\": [{\"filePattern\": \"" + service + "/app.log*\", \"keep\": \"a\"}]}";
    FlowConfig flow = ConfiguredAgent.read(folder, text, new KeptRecords()).config().flows().get(0);
    Scanner scanner = new Scanner(new NioFileSource(), flow.files());
    String absent =
        "INFO flow " + flow.id() + ": the directory " + service + " is not there; it is waited for";
    String there = "INFO flow " + flow.id() + ": the directory " + service + " is there now";
    try (SaidLog log = new SaidLog(AbsentDirectories.class)) {
      AbsentDirectories directories = new AbsentDirectories(flow);
      directories.lookedAt(Snapshot.EMPTY);
      assertThat(log.lines()).isEmpty();
      directories.lookedAt(scanner.scan(Snapshot.EMPTY));
      directories.lookedAt(scanner.scan(Snapshot.EMPTY));
      assertThat(log.lines()).containsExactly(absent);
      Files.createDirectory(service);
      directories.lookedAt(scanner.scan(Snapshot.EMPTY));
      Files.delete(service);
      directories.lookedAt(scanner.scan(Snapshot.EMPTY));
      directories.lookedAt(scanner.scan(Snapshot.EMPTY));
      assertThat(log.lines()).containsExactly(absent, there, absent);
    }
  }
}
