package io.kinesisagent.agent.checkpoint;

import io.kinesisagent.agent.files.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checkpoints in an append-only file of JSON lines. The last line of each generation counts; a torn
 * last line is ignored; the file is written anew when it has grown to several times what is alive
 * in it.
 */
public final class JournalCheckpointStore implements CheckpointStore {
  private static final int GROWTH = 4;
  private static final long LEAST_COMPACTED_BYTES = 256 * 1024;

  private final StateFile file;
  private final Map<Checkpoint.Key, Checkpoint> live = new LinkedHashMap<>();
  private final Map<String, Long> flows = new LinkedHashMap<>();
  private long bytes;
  private long liveBytes;

  /**
   * Reads the file.
   *
   * @param alarm told, in a sentence, when the file was found to be damaged
   * @throws IOException where it cannot be read, or not be set aside when it is damaged
   */
  public JournalCheckpointStore(StateFile file, Consumer<String> alarm) throws IOException {
    this.file = file;

    byte[] content = file.read();
    Damage damage = scan(content);
    bytes = content.length;
    if (damage.lines() > 0) {
      alarm.accept(recover(content, damage));
    } else if (damage.tornTail() || bytes > 0) {
      compact();
    }
  }

  /**
   * The content of a file that holds these checkpoints and no others.
   *
   * @param started the flows that have been started
   */
  public static byte[] journal(
      Collection<String> started, Collection<Checkpoint> checkpoints, long epochMillis)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String flow : started) {
      CheckpointLine.writeStarted(flow, epochMillis, out);
    }
    for (Checkpoint checkpoint : checkpoints) {
      CheckpointLine.write(checkpoint, out);
    }
    return out.toByteArray();
  }

  /**
   * Makes sure that some content is what {@link #journal} has written, all of it. An agent's own
   * file may end in a line that a crash has torn; one that is brought from elsewhere may not.
   *
   * @throws IOException where it is not, and why
   */
  public static void requireWhole(byte[] content) throws IOException {
    if (content.length == 0) {
      throw new IOException("it is empty");
    }
    if (content[content.length - 1] != '\n') {
      throw new IOException("its last line has no end, so that something of it is missing");
    }
    int line = 1;
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        requireCheckpoint(content, start, i - start, line);
        line++;
        start = i + 1;
      }
    }
  }

  private static void requireCheckpoint(byte[] content, int start, int length, int line)
      throws IOException {
    try {
      CheckpointLine.parse(content, start, length);
    } catch (IOException e) {
      throw new IOException("line " + line + " is no checkpoint: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private record Damage(int lines, boolean tornTail, String first) {}

  /**
   * A damaged file is kept aside; what the previous one said and what can be read of it is used.
   */
  private String recover(byte[] content, Damage damage) throws IOException {
    String aside = file.keepAside(".corrupt");
    live.clear();
    flows.clear();
    scan(file.readPrevious());
    scan(content);
    compact();
    return "the checkpoint file was damaged ("
        + damage.lines()
        + " lines, the first: "
        + damage.first()
        + "); it was kept as "
        + aside
        + ", and the previous one was used with what could still be read";
  }

  private Damage scan(byte[] content) {
    int bad = 0;
    String first = "";
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] != '\n') {
        continue;
      }
      if (i > start) {
        try {
          take(CheckpointLine.parse(content, start, i - start));
        } catch (IOException e) {
          bad++;
          first = first.isEmpty() ? firstLine(e) : first;
        }
      }
      start = i + 1;
    }
    return new Damage(bad, start < content.length, first);
  }

  private void take(CheckpointLine.Parsed line) {
    Checkpoint checkpoint = line.checkpoint();
    if (checkpoint == null) {
      flows.putIfAbsent(line.flow(), line.startedEpochMillis());
    } else if (checkpoint.forgotten()) {
      live.remove(checkpoint.key());
    } else {
      live.put(checkpoint.key(), checkpoint);
    }
  }

  @Override
  public boolean knows(String flow) {
    return flows.containsKey(flow);
  }

  @Override
  public void started(String flow, long epochMillis) throws IOException {
    if (!flows.containsKey(flow)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CheckpointLine.writeStarted(flow, epochMillis, out);
      append(out);
      file.sync();
      flows.put(flow, epochMillis);
    }
  }

  @Override
  public List<Checkpoint> load(String flow) {
    return live.values().stream().filter(checkpoint -> checkpoint.flow().equals(flow)).toList();
  }

  /** The newest checkpoints of all flows, those of flows that are not configured included. */
  public Collection<Checkpoint> all() {
    return List.copyOf(live.values());
  }

  /** The flows that have been started. */
  public Collection<String> flows() {
    return List.copyOf(flows.keySet());
  }

  /**
   * Forgets flows, with all their checkpoints, that are not used any more: none of their
   * checkpoints has moved since. One that was started and has none is kept.
   *
   * @param used the flows that are, which are kept whatever their age
   * @param sinceEpochMillis what is younger is kept
   * @return the flows that were forgotten
   */
  public List<String> forgetUnused(Collection<String> used, long sinceEpochMillis)
      throws IOException {
    Map<String, Long> newest = new LinkedHashMap<>();
    for (Checkpoint checkpoint : live.values()) {
      newest.merge(checkpoint.flow(), checkpoint.epochMillis(), Math::max);
    }
    newest.keySet().removeAll(used);
    newest.values().removeIf(moved -> moved >= sinceEpochMillis);
    if (!newest.isEmpty()) {
      live.values().removeIf(checkpoint -> newest.containsKey(checkpoint.flow()));
      flows.keySet().removeAll(newest.keySet());
      compact();
    }
    return List.copyOf(newest.keySet());
  }

  @Override
  public void save(Collection<Checkpoint> moved) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(moved.size() * 256);
    for (Checkpoint checkpoint : moved) {
      CheckpointLine.write(checkpoint, out);
    }
    append(out);
    moved.forEach(checkpoint -> take(new CheckpointLine.Parsed(checkpoint.flow(), checkpoint, 0)));
    if (bytes > LEAST_COMPACTED_BYTES && bytes > GROWTH * liveBytes) {
      compact();
    }
  }

  private void append(ByteArrayOutputStream out) throws IOException {
    file.append(out.toByteArray());
    bytes += out.size();
  }

  private void compact() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, Long> flow : flows.entrySet()) {
      CheckpointLine.writeStarted(flow.getKey(), flow.getValue(), out);
    }
    for (Checkpoint checkpoint : live.values()) {
      CheckpointLine.write(checkpoint, out);
    }
    file.replace(out.toByteArray());
    bytes = out.size();
    liveBytes = bytes;
  }

  @Override
  public void sync() throws IOException {
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.sync();
  }
}
