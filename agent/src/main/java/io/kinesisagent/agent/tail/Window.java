package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;

/**
 * The part of a tail's file that is in memory while the tail is read. Owned by the flow's thread.
 */
final class Window implements AutoCloseable {
  /** What was read may not be what the file holds by now. */
  static final int READ_AGAIN = -1;

  private final byte[] first = new byte[Fingerprint.FULL_LENGTH];
  private final Newlines newlines;

  /** The tail that is read, or null. */
  Tail tail;

  /** Holds the part from its first index on. */
  byte[] data;

  /** Where in the file the part begins. */
  long base;

  /** Whether what was taken last was dropped by rule as a whole. */
  private boolean filtered;

  /**
   * @param newlines say how many bytes a character has at least
   */
  Window(Newlines newlines) {
    this.newlines = newlines;
  }

  /** Begins at a tail, with a buffer that is the window's own until it is closed. */
  Window open(Tail which, byte[] buffer) {
    tail = which;
    data = buffer;
    return this;
  }

  @Override
  public void close() {
    tail = null;
    data = null;
  }

  /**
   * Moves to another part of the file.
   *
   * @return how many bytes are at hand; fewer than {@code length} at the end of the file
   */
  int read(long from, int length) throws IOException {
    base = from;
    return tail.handle.read(from, data, 0, length);
  }

  /** Moves to the tail's position and the bytes just before it, which are read with it. */
  int readNear(int length) throws IOException {
    return read(tail.position.offset() - tail.position.nearLength(), length);
  }

  /** Whether what is just before the tail's position is what it was. After {@link #readNear}. */
  boolean nearAsKnown(int got) {
    int near = tail.position.nearLength();
    return got >= near && Fingerprint.hash(data, 0, near) == tail.position.near();
  }

  /**
   * Whether the file still begins with what is known of it. Looked at after the data was read: a
   * file that was cut and has grown past the tail's position may be the same just before it.
   */
  boolean beginsAsKnown(int got) throws IOException {
    int length = tail.head.length();
    boolean same =
        (base == 0 && got >= length)
            ? tail.head.matches(data, got)
            : tail.head.matches(first, tail.handle.read(0, first, 0, length));
    return same && Holes.asKnown(tail);
  }

  /** Whether more of the file is there by now than its fingerprint covers, and can be covered. */
  boolean headGrown(int got) throws IOException {
    return !tail.head.full()
        && base + got >= Fingerprint.FULL_LENGTH
        && Fingerprint.of(tail.handle, tail.position.offset(), newlines, first).full();
  }

  /**
   * Offers a record that is at hand, and tells whether it was taken.
   *
   * @param cut whether it goes on beyond what is offered of it
   */
  boolean offer(RecordTarget target, int start, int length, boolean cut) {
    Offered offered = tail.offered;
    long offset = base + start;
    if (offered.pieces > 0 && offered.lengthAt(offset, data, start, start + length) != length) {
      offered.pieces = 0;
    }
    boolean untouched = offered.pieces == 0;
    long dropped = tail.account.dropped();
    long read = tail.account.recordsRead();
    if (target.offer(tail, data, start, length, cut)) {
      dropped = tail.account.dropped() - dropped;
      // The record itself is entered later.
      read = tail.account.recordsRead() + 1 - read;
      filtered = untouched && read == dropped;
      return true;
    }
    offered.refused(offset, data, start, length);
    return false;
  }

  /** Enters the record that was taken last in the books. */
  void enter(long length) {
    if (filtered) {
      tail.account.filteredRecord(length);
    } else {
      tail.account.readRecord(length);
    }
  }

  /**
   * Leaves out the room that the file ends with.
   *
   * @param start where something is to be read at
   * @param end the end of what is at hand
   * @param atEnd whether that is the end of the file
   * @return an index from {@code start} to {@code end}, or {@link #READ_AGAIN}
   */
  int withoutRoom(int start, int end, boolean atEnd) throws IOException {
    tail.room.none();
    if (end <= start || data[end - 1] != 0) {
      return end;
    }
    int nuls = start + newlines.roundUp(Bytes.lastNotNul(data, start, end) + 1 - start);
    if (nuls >= end) {
      return end;
    }
    return switch (tail.room.find(tail.handle, base + nuls, base + end, atEnd)) {
      case ROOM -> nuls;
      case HOLE -> end;
      case FILLED -> READ_AGAIN;
    };
  }
}
