package io.kinesisagent.tests.operations;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a host where the reference agent was at work. */
class UpgradeTest {
  private static final int DONE = 3_000;

  @TempDir Path folder;

  @Test
  void aRotatedSetGoesOnFromTheMiddleOfItsFileWithoutLossOrRepeat() throws Exception {
    upgrade(folder.resolve("state/checkpoints"), Map.of());
    assertThat(folder.resolve("state/checkpoints.imported")).exists();
  }

  @Test
  void theDatabaseAtItsUsualPlaceIsFoundAndLeftThere() throws Exception {
    Path usual = Files.createDirectories(folder.resolve("run")).resolve("checkpoints");
    upgrade(usual, Map.of("JVM_ARGS", "-Dagent.reference.checkpoints=" + usual));
    assertThat(usual).exists();
  }

  /** The oldest file is done with, the next was read in part, the newest not at all. */
  private void upgrade(Path database, Map<String, String> environment) throws Exception {
    try (Scene scene = new Scene(folder, 71)) {
      scene.writer().write(2_000);
      scene.writer().rotate(Rotation.RENAME);
      scene.writer().write(2_000);
      scene.writer().rotate(Rotation.RENAME);
      scene.writer().write(2_000);
      Path logs = scene.workspace().logs();
      Path current = logs.resolve("app.log.1");
      age(logs.resolve("app.log.2"), 300);
      age(current, 200);
      age(logs.resolve("app.log"), 100);
      Lines lines = scene.writer().lines();
      long offset = 0;
      for (int number = 2_000; number < DONE; number++) {
        offset += lines.line(number).length;
      }
      write(database, "kinesis:stream:" + logs.resolve("app*"), current, offset);

      AgentProcess agent = scene.start(environment);
      scene.awaitArrivals(agent, scene.writer().written() - DONE);
      agent.terminateCleanly();
      AgentProcess again = scene.start(environment);
      scene.writer().write(1_000);
      scene.awaitArrivals(again, scene.writer().written() - DONE);
      again.terminateCleanly();

      Ledger.Account account = scene.account();
      assertThat(account.lost()).isEqualTo(DONE);
      assertThat(scene.ledger().arrived(lines, DONE - 1)).isFalse();
      assertThat(scene.ledger().arrived(lines, DONE)).isTrue();
      assertThat(account).repeatedNothing();
    }
  }

  private static void age(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(System.currentTimeMillis() - seconds * 1000L));
  }

  private static void write(Path database, String flow, Path file, long offset)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table FILE_CHECKPOINTS(flow text, path text, fileId text, lastModifiedTime bigint,"
              + " size bigint, offset bigint, lastUpdated datetime, primary key (flow, path))");
      try (PreparedStatement row =
          connection.prepareStatement("insert into FILE_CHECKPOINTS values(?, ?, ?, ?, ?, ?, ?)")) {
        row.setString(1, flow);
        // It was renamed since.
        row.setString(2, file.resolveSibling("app.log").toString());
        row.setString(3, Files.readAttributes(file, "fileKey").get("fileKey").toString());
        row.setLong(4, Files.getLastModifiedTime(file).toMillis());
        row.setLong(5, Files.size(file));
        row.setLong(6, offset);
        row.setString(7, "2026-01-01 00:00:00.000");
        row.execute();
      }
    }
  }
}
