package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;

/** A tail without a file, read on by whoever tests what becomes of its records. */
public final class SampleTail {
  private SampleTail() {}

  /** A tail at the start of a file. */
  public static Tail of(String path) {
    return new Tail(1, new FileKey(1, 1), Path.of(path), 0, Position.START);
  }

  /** Takes some more bytes for read. */
  public static void read(Tail tail, int bytes) {
    tail.moveTo(new Position(tail.position().offset() + bytes, 0, 0));
  }

  /** Lets its file have some more bytes than were read. */
  public static Tail behind(Tail tail, int bytes) {
    tail.size = tail.position().offset() + bytes;
    return tail;
  }
}
