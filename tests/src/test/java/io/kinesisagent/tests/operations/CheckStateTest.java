package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} ends as a start with the same configuration would. */
class CheckStateTest {
  @TempDir Path folder;

  @Test
  void checkpointsThatCannotBeKeptAreAnErrorOfBoth() throws Exception {
    Workspace workspace = new Workspace(folder);
    workspace.configure(workspace.toFiles("app*"));
    assertThat(Command.run(workspace, "check").exit()).isZero();

    Files.createDirectory(workspace.checkpoints());
    Command checked = Command.run(workspace, "check");
    assertThat(checked.exit()).isEqualTo(74);
    assertThat(checked.out())
        .contains("error: checkpointFile: " + workspace.checkpoints() + " is a directory")
        .contains("; but the agent could not keep its checkpoints");
    assertThat(Command.run(workspace, "run").exit()).isEqualTo(74);
  }
}
