package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written anew in place of what was looked at, but not read yet. */
class TailReaderTest implements RecordTarget {
  private static final int MAX_RAW_BYTES = 100;

  private final TailReader reader =
      new TailReader(
          new LineFramer(), new TailOptions(0, null, MAX_RAW_BYTES, false, -1, 10), this);
  private final Tail tail =
      new Tail(1, new FileKey(1, 1), Path.of("/logs/a.log"), 0, Position.START);
  private final List<String> records = new ArrayList<>();
  private boolean full;

  @Override
  public boolean offer(Tail from, byte[] data, int offset, int length, boolean cut) {
    if (!full) {
      records.add(new String(data, offset, length, StandardCharsets.ISO_8859_1));
    }
    return !full;
  }

  @Override
  public void taken() {}

  @Override
  public boolean blocked() {
    return full;
  }

  private void read(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    GrowingFile file = new GrowingFile(bytes, false);
    file.grow(bytes.length);
    tail.handle = file;
    byte[] buffer = new byte[TailReader.bufferBytes(MAX_RAW_BYTES)];
    reader.read(tail, buffer, MAX_RAW_BYTES, Framer.Flush.NOTHING);
  }

  @Test
  void aLineThatWasSearchedForItsEndIsSearchedAnew() throws IOException {
    read("an unfinished line");
    read("a\nb\nand an end\nc\n");
    assertThat(records).containsExactly("a\n", "b\n", "and an end\n", "c\n");
  }

  @Test
  void aShorterOneToo() throws IOException {
    read("an unfinished line");
    read("a\nb\n");
    assertThat(records).containsExactly("a\n", "b\n");
  }

  @Test
  void aRecordThatThereWasNoRoomForEndsElsewhere() throws IOException {
    full = true;
    read("a line that was offered\n");
    full = false;
    read("a\nand one that is not the same\n");
    assertThat(records).containsExactly("a\n", "and one that is not the same\n");
  }
}
