package io.kinesisagent.agent.app;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.discover.FileEntry;
import io.kinesisagent.agent.discover.Scanner;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Takes over the checkpoints of the reference agent at the first start, so that an upgrade neither
 * repeats nor loses lines. The reference agent reads the files of a flow one at a time, oldest
 * first: what is older than the file that it read last is done with, what is younger is all new.
 */
final class ReferenceImport {
  private static final Logger LOG = LogManager.getLogger(ReferenceImport.class);

  /** Names another place than the reference agent's usual one. */
  static final String DATABASE_PROPERTY = "agent.reference.checkpoints";

  private static final String USUAL_DATABASE = "/var/run/aws-kinesis-agent/checkpoints";

  private final AgentConfig config;
  private final FileSource source = new NioFileSource();
  private final long epochMillis;

  ReferenceImport(AgentConfig config, long epochMillis) {
    this.config = config;
    this.epochMillis = epochMillis;
  }

  /**
   * Imports, where there is something to import and there are no checkpoints of this agent. The
   * caller holds the lock of the checkpoint file.
   *
   * @throws IOException where there is something, but it cannot be read, or the result not be kept
   */
  void runIfDue() throws IOException {
    Path own = config.checkpointFile();
    Path usual = Path.of(System.getProperty(DATABASE_PROPERTY, USUAL_DATABASE));
    if (ReferenceDatabase.isOne(own)) {
      Path kept = own.resolveSibling(own.getFileName() + ".imported");
      byte[] journal = journal(own);
      Files.deleteIfExists(kept);
      Files.createLink(kept, own);
      replace(own, journal);
      LOG.info("the reference agent's checkpoints were imported; the database is kept as {}", kept);
    } else if (!Files.exists(own) && ReferenceDatabase.isOne(usual)) {
      replace(own, journal(usual));
      LOG.info("the reference agent's checkpoints were imported from {}", usual);
    }
  }

  private static void replace(Path own, byte[] journal) throws IOException {
    try (NioStateFile file = new NioStateFile(own)) {
      file.replace(journal);
    }
    // What was there before is no journal to fall back on.
    Files.deleteIfExists(own.resolveSibling(own.getFileName() + ".previous"));
  }

  private byte[] journal(Path database) throws IOException {
    List<ReferenceDatabase.Row> rows =
        ReferenceDatabase.read(database, config.checkpointFile().getParent());
    List<String> started = new ArrayList<>();
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (FlowConfig flow : config.flows()) {
      List<ReferenceDatabase.Row> own = rows.stream().filter(row -> isOf(flow, row)).toList();
      if (!own.isEmpty()) {
        started.add(flow.id());
        checkpoints.addAll(checkpoints(flow, own));
      }
    }
    return JournalCheckpointStore.journal(started, checkpoints, epochMillis);
  }

  private static boolean isOf(FlowConfig flow, ReferenceDatabase.Row row) {
    return flow.files().patterns().stream()
        .anyMatch(pattern -> row.flow().equals(flow.destination().id() + ":" + pattern));
  }

  private List<Checkpoint> checkpoints(FlowConfig flow, List<ReferenceDatabase.Row> newestFirst)
      throws IOException {
    Snapshot now = new Scanner(source, flow.files()).scan(Snapshot.EMPTY);
    if (!now.complete()) {
      throw new IOException(
          "the reference agent's checkpoints of flow "
              + flow.id()
              + " cannot be imported while these cannot be looked at: "
              + now.unreadable());
    }
    Map<String, ReferenceDatabase.Row> rows = new LinkedHashMap<>();
    newestFirst.forEach(row -> rows.putIfAbsent(row.fileId(), row));
    ReferenceDatabase.Row newest = newestFirst.get(0);
    long readUpToMillis =
        find(now, newest).map(ReferenceImport::millis).orElse(newest.lastModifiedMillis());
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (FileEntry file : now.files().values()) {
      Optional<ReferenceDatabase.Row> row =
          rows.values().stream().filter(r -> isAt(r, file)).findFirst();
      long offset = row.map(ReferenceDatabase.Row::offset).orElse(0L);
      if (row.isEmpty() && millis(file) < readUpToMillis) {
        offset = file.size();
      }
      if (offset > 0) {
        addKnown(flow, file, offset, checkpoints);
      }
    }
    for (ReferenceDatabase.Row row : rows.values()) {
      if (row.offset() < row.size() && find(now, row).isEmpty()) {
        LOG.error(
            "flow {}: {} {} is not to be found any more; {} bytes of it had not been delivered",
            flow.id(),
            row.path(),
            row.fileId(),
            row.size() - row.offset());
      }
    }
    return checkpoints;
  }

  private void addKnown(FlowConfig flow, FileEntry file, long offset, List<Checkpoint> into)
      throws IOException {
    try (OpenFile open = source.open(file.path())) {
      if (!open.key().equals(file.key()) || open.size() < offset) {
        LOG.warn(
            "flow {}: {} was truncated to {} bytes since byte {} of it was delivered; it is read"
                + " from its start",
            flow.id(),
            file.path(),
            open.size(),
            offset);
        return;
      }
      byte[] head = new byte[Fingerprint.FULL_LENGTH];
      int headBytes = open.read(0, head, 0, (int) Math.min(head.length, offset));
      byte[] near = new byte[Position.NEAR_BYTES];
      int nearBytes = (int) Math.min(near.length, offset);
      open.read(offset - nearBytes, near, 0, nearBytes);
      // The checksum begins where this agent begins to read.
      Position position = Position.START.advance(offset, 0, near, nearBytes);
      KnownTail tail =
          new KnownTail(
              into.size() + 1L,
              file.path(),
              file.key(),
              Fingerprint.of(head, headBytes),
              offset,
              position,
              open.size(),
              false,
              0,
              List.of());
      into.add(new Checkpoint(flow.id(), tail, false, epochMillis));
      LOG.info("flow {}: {} goes on at offset {}", flow.id(), file.path(), offset);
    }
  }

  private static Optional<FileEntry> find(Snapshot now, ReferenceDatabase.Row row) {
    return now.files().values().stream().filter(file -> isAt(row, file)).findFirst();
  }

  private static boolean isAt(ReferenceDatabase.Row row, FileEntry file) {
    return file.key().toString().equals(row.fileId());
  }

  private static long millis(FileEntry file) {
    return TimeUnit.NANOSECONDS.toMillis(file.changed());
  }
}
