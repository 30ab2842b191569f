package io.kinesisagent.agent.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Reads the SQLite database in which the reference agent keeps its checkpoints. */
final class ReferenceDatabase {
  private static final Logger LOG = LogManager.getLogger(ReferenceDatabase.class);
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /**
   * How far a file was read.
   *
   * @param flow {@code kinesis:STREAM:PATTERN} or {@code fh:STREAM:PATTERN}
   * @param path where the file was
   * @param fileId Java's text of its device and inode
   * @param lastModifiedMillis of the file when it was last read
   * @param size of the file then, in bytes
   * @param offset the bytes of it that were delivered
   */
  record Row(
      String flow, String path, String fileId, long lastModifiedMillis, long size, long offset) {}

  private ReferenceDatabase() {}

  /** Whether a file is an SQLite database. */
  static boolean isOne(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (NoSuchFileException absent) {
      return false;
    } catch (IOException e) {
      LOG.warn("{} cannot be looked at: {}", file, e.toString());
      return false;
    }
  }

  /**
   * Reads all rows, the newest first. The database is not touched: a copy is read, with the journal
   * that a crash may have left beside it.
   *
   * @param workDirectory for the copy and for SQLite's own library
   * @throws IOException where it cannot be read as such a database
   */
  static List<Row> read(Path database, Path workDirectory) throws IOException {
    Files.createDirectories(workDirectory);
    Path copy = workDirectory.resolve("reference-checkpoints.copy");
    Path journal = copy.resolveSibling(copy.getFileName() + "-journal");
    Path journalBeside = database.resolveSibling(database.getFileName() + "-journal");
    Files.copy(database, copy, StandardCopyOption.REPLACE_EXISTING);
    try {
      if (Files.exists(journalBeside)) {
        Files.copy(journalBeside, journal, StandardCopyOption.REPLACE_EXISTING);
      }
      System.setProperty("org.sqlite.tmpdir", workDirectory.toString());
      return query(copy);
    } catch (SQLException e) {
      throw new IOException(database + " cannot be read as checkpoints: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(journal);
    }
  }

  private static List<Row> query(Path file) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select flow, path, fileId, lastModifiedTime, size, offset"
                    + " from FILE_CHECKPOINTS order by lastUpdated desc")) {
      while (result.next()) {
        rows.add(
            new Row(
                result.getString(1),
                result.getString(2),
                result.getString(3),
                result.getLong(4),
                result.getLong(5),
                result.getLong(6)));
      }
    }
    return rows;
  }
}
