package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.tail.TailReader.Outcome;
import java.io.IOException;

/**
 * Reads records that are too long to be held in memory: their end is searched a window at a time,
 * and then what can be held of them is handed on. Owned by the flow's thread.
 */
final class LongRecordReader {
  private final Framer framer;
  private final TailOptions options;
  private final RecordTarget target;
  private final Window window;
  private final Newlines newlines;

  LongRecordReader(Framer framer, TailOptions options, RecordTarget target, Window window) {
    this.framer = framer;
    this.options = options;
    this.target = target;
    this.window = window;
    this.newlines = options.newlines();
  }

  /** Reads on in the long record at the position of the window's tail. */
  Outcome read(Framer.Flush flush) throws IOException {
    Tail tail = window.tail;
    LongSpan span = tail.longSpan;
    if (span.whole) {
      return take(span);
    }
    // The unit before is looked at with it: a framer that was inside of a line begins there.
    int lead = span.searchedTo == tail.position.offset() ? 0 : newlines.unitBytes();
    int length = window.data.length;
    int read = window.read(span.searchedTo - lead, length);
    int got = window.withoutRoom(lead, read, read < length);
    if (got == Window.READ_AGAIN) {
      return Outcome.MORE;
    }
    if (got <= lead) {
      if (tail.handle.size() < span.searchedTo || !beginsAsKnown()) {
        return Outcome.CHANGED;
      }
      return flush == Framer.Flush.EVERYTHING ? take(span) : Outcome.DRAINED;
    }
    boolean atEnd = read < length || got < read;
    return search(span, lead, got, atEnd, flush) ? take(span) : more(atEnd);
  }

  /** Whether the file still holds what is in front of the record. */
  private boolean beginsAsKnown() throws IOException {
    int got = window.readNear(window.tail.position.nearLength());
    return window.nearAsKnown(got) && window.beginsAsKnown(got);
  }

  private static Outcome more(boolean atEnd) {
    return atEnd ? Outcome.DRAINED : Outcome.MORE;
  }

  /** Searches the record's end in what is at hand, and tells whether it is known. */
  private boolean search(LongSpan span, int lead, int got, boolean atEnd, Framer.Flush flush) {
    byte[] data = window.data;
    // Where the line ends that the search stopped in, or -1.
    int resume = span.insideLine ? newlines.end(data, 0, lead, got) : lead;
    int end =
        resume < 0
            ? Framer.INCOMPLETE
            : framer.end(data, 0, resume, got, atEnd ? flush : Framer.Flush.NOTHING);
    if (end == Framer.INCOMPLETE && atEnd && flush == Framer.Flush.EVERYTHING) {
      end = got;
    }
    if (end != Framer.INCOMPLETE) {
      span.pass(data, lead, end);
      span.whole = true;
      return true;
    }
    int searched =
        resume < 0 ? newlines.align(0, got) : Math.max(lead, framer.searched(data, lead, got));
    if (searched <= lead) {
      span.insideLine = resume < 0 || !atEnd;
      searched = atEnd ? lead : newlines.align(0, got);
    } else {
      span.insideLine = resume < 0;
    }
    span.pass(data, lead, searched);
    return false;
  }

  /** Hands on what is held of the record, now that its end is known. */
  private Outcome take(LongSpan span) throws IOException {
    Tail tail = window.tail;
    Position position = tail.position;
    int near = position.nearLength();
    int got = window.readNear(near + options.maxRawBytes() + 1);
    if (!window.nearAsKnown(got) || !window.beginsAsKnown(got)) {
      return Outcome.CHANGED;
    }
    long length = span.searchedTo - position.offset();
    if (tail.headerLinesLeft > 0) {
      tail.headerLinesLeft--;
      tail.moveTo(span.end(position));
      tail.account.skipped(length);
      return Outcome.MORE;
    }
    int held = (int) Math.min(got - near, length);
    if (!window.offer(target, near, held, length > held)) {
      return Outcome.BLOCKED;
    }
    tail.moveTo(span.end(position));
    window.enter(length);
    target.taken();
    return Outcome.MORE;
  }
}
