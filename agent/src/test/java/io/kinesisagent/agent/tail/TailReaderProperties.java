package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * However a file grows and however little of it is read at a time, its records are those that a
 * plain model finds in the whole of it. More files: {@code -Dfiles=N -DfirstSeed=N}, or {@code
 * -Dlong=true}.
 */
class TailReaderProperties {
  private static final int STEPS = 100_000;
  private static final int FILES =
      Integer.getInteger("files", Boolean.getBoolean("long") ? 300_000 : 4000);
  private static final long FIRST_SEED = Long.getLong("firstSeed", 1);

  @Test
  void linesAreThoseOfTheModel() {
    compareMany(seed -> compare(seed, StandardCharsets.UTF_8, false));
  }

  @Test
  void recordsOfSeveralLinesAreThoseOfTheModel() {
    compareMany(seed -> compare(seed, StandardCharsets.UTF_8, true));
  }

  @Test
  void linesOfWideCharactersAreThoseOfTheModel() {
    compareMany(
        seed -> {
          Charset charset = (seed & 1) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
          compare(seed, charset, (seed & 2) == 0);
        });
  }

  /** A long line that arrives a few bytes at a time stays one line. */
  @Test
  void theSeedThatFoundALineTornInTwo() throws IOException {
    compare(4163526753156652364L, StandardCharsets.UTF_16LE, true);
  }

  /** A hole goes on behind a buffer that holds fewer NULs than make a hole. */
  @Test
  void theSeedThatFoundAHoleSentAsRecords() throws IOException {
    compare(-7327034871222275107L, StandardCharsets.UTF_8, true);
  }

  private interface Comparison {
    void of(long seed) throws IOException;
  }

  private static void compareMany(Comparison comparison) {
    SplittableRandom seeds = new SplittableRandom(FIRST_SEED);
    for (int i = 0; i < FILES; i++) {
      long seed = seeds.nextLong();
      try {
        comparison.of(seed);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void compare(long seed, Charset charset, boolean multiLine) throws IOException {
    Random random = new Random(seed);
    Newlines newlines = Newlines.of(charset);
    int maxBytes = (11 + random.nextInt(200)) * newlines.unitBytes();
    boolean split = random.nextInt(3) == 0;
    int headers = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    byte[] content = content(random, charset, maxBytes, multiLine && headers > 0);
    RecordModel model = new RecordModel(charset, multiLine, headers, maxBytes, split);
    LineTest footer =
        (data, start, end) ->
            new String(data, start, end - start, charset).trim().equals(RecordModel.FOOTER);
    LineTest start =
        (data, from, to) ->
            new String(data, from, to - from, charset).startsWith("" + RecordModel.START)
                || footer.test(data, from, to);
    Framer framer =
        multiLine ? new MultiLineFramer(newlines, start, maxBytes) : new LineFramer(newlines);
    TailOptions options = new TailOptions(headers, footer, maxBytes, split, -1, 10, newlines);

    Reading reading = new Reading(random, framer, options, content, (seed & 24) == 0);
    reading.toTheEnd();

    List<String> expected = model.records(content);
    int same = 0;
    while (same < Math.min(expected.size(), reading.records.size())
        && expected.get(same).equals(reading.records.get(same))) {
      same++;
    }
    assertThat(reading.records.subList(same, reading.records.size()))
        .as("what comes behind the first %d records, of at most %d bytes", same, maxBytes)
        .isEqualTo(expected.subList(same, expected.size()));
    assertThat(reading.offsetsAreThoseOf(content)).isTrue();
    assertThat(reading.tail.account().bytesRead())
        .isEqualTo(reading.tail.position().offset() - reading.tail.origin())
        .isEqualTo(reading.tail.account().recordBytes() + reading.tail.account().skippedBytes());
  }

  /** Lines of all lengths around the bounds, holes, headers, footers, with and without an end. */
  private static byte[] content(
      Random random, Charset charset, int maxBytes, boolean shortLinesFirst) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(30);
    for (int i = 0; i < lines; i++) {
      int dice = random.nextInt(40);
      if (dice == 0) {
        text.append("\0".repeat(8 + random.nextInt(3 * maxBytes + 200)));
      } else if (dice == 1 && random.nextInt(4) == 0) {
        text.append(" " + RecordModel.FOOTER + "\r\n");
      }
      boolean tooLong = dice < 8 && !(shortLinesFirst && i < 4);
      int most = tooLong ? 4 * maxBytes : Math.max(1, maxBytes / 4);
      int length = random.nextInt(Math.min(most, 1 + random.nextInt(most)));
      if (random.nextInt(3) == 0) {
        text.append(RecordModel.START);
      }
      for (int c = 0; c < length; c++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      if (i < lines - 1 || random.nextBoolean()) {
        text.append(random.nextInt(10) == 0 ? "\r\n" : "\n");
      }
    }
    if (random.nextInt(8) == 0) {
      text.append("\0".repeat(1 + random.nextInt(40)));
    }
    return text.toString().getBytes(charset);
  }

  /** A file that grows while it is read, by a target that has no room now and then. */
  private static final class Reading implements RecordTarget {
    private final List<String> records = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final Random random;
    private final GrowingFile file;
    private final TailReader reader;
    private final Newlines newlines;
    private final byte[] buffer;
    private final Tail tail;

    Reading(Random random, Framer framer, TailOptions options, byte[] content, boolean room) {
      this.random = random;
      this.file = new GrowingFile(content, room);
      this.reader = new TailReader(framer, options, this);
      this.newlines = options.newlines();
      this.buffer = new byte[TailReader.bufferBytes(options.maxRawBytes()) + spare(random)];
      this.tail = new Tail(0, new FileKey(1, 1), Path.of("/logs/a.log"), 0, Position.START);
      tail.handle = file;
      tail.headerLinesLeft = options.skipHeaderLines();
    }

    private static int spare(Random random) {
      return random.nextBoolean() ? random.nextInt(100) : 0;
    }

    /** The fingerprint grows with the file, as the set of tails lets it before each read. */
    private void coverTheBeginning() throws IOException {
      tail.head =
          Fingerprint.of(file, tail.position.offset(), newlines, new byte[Fingerprint.FULL_LENGTH]);
    }

    void toTheEnd() throws IOException {
      int growth = 1 + random.nextInt(300);
      int length = 1 + random.nextInt(buffer.length);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) == 0) {
          file.grow(1 + random.nextInt(growth));
        }
        boolean whole = file.whole();
        coverTheBeginning();
        TailReader.Outcome outcome =
            reader.read(
                tail, buffer, length, whole ? Framer.Flush.EVERYTHING : Framer.Flush.NOTHING);
        assertThat(outcome).isNotEqualTo(TailReader.Outcome.CHANGED);
        if (whole && outcome == TailReader.Outcome.DRAINED) {
          return;
        }
      }
      throw new AssertionError("reading does not come to an end; it stays at " + tail);
    }

    boolean offsetsAreThoseOf(byte[] content) {
      for (int i = 0; i < records.size(); i++) {
        int from = offsets.get(i).intValue();
        int length = records.get(i).length();
        if (!RecordModel.bytes(content, from, from + length).equals(records.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean offer(Tail which, byte[] data, int offset, int length, boolean cut) {
      if (random.nextInt(5) == 0) {
        return false;
      }
      offsets.add(reader.offsetOf(offset));
      records.add(RecordModel.bytes(data, offset, offset + length));
      return true;
    }

    @Override
    public void taken() {
      if (random.nextInt(4) == 0) {
        reader.commit();
      }
    }

    @Override
    public boolean blocked() {
      return false;
    }
  }
}
