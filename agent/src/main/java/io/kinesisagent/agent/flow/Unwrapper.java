package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.WrappedLine;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes the messages of the wrapped lines in a record: parts are joined stream by stream, in the
 * order in which they become whole. A line that is not of the format passes as it is and is
 * counted. Each message knows its {@code stream} and the {@code time} of its first part. Owned by
 * the flow's thread.
 */
public final class Unwrapper implements Described {
  private static final int NO_STREAM = -1;

  private final WrappedLine line;
  private final Counter malformed;
  private final MutableBytes[] pending = new MutableBytes[WrappedLine.STREAMS];
  private final int[] pendingTimeStart = new int[WrappedLine.STREAMS];
  private final int[] pendingTimeEnd = new int[WrappedLine.STREAMS];
  private byte[] source;
  private int made;
  private int[] streams = new int[4];
  private int[] timeStarts = new int[4];
  private int[] timeEnds = new int[4];

  /**
   * An unwrapper of its own for each flow.
   *
   * @param line understands a line; used for nothing else
   * @param malformed counts lines that are not of the format
   */
  public Unwrapper(WrappedLine line, Counter malformed) {
    this.line = line;
    this.malformed = malformed;
    for (int i = 0; i < pending.length; i++) {
      pending[i] = new MutableBytes(1024);
      pendingTimeStart[i] = NO_STREAM;
    }
  }

  @Override
  public void process(RecordView in, RecordSink out) {
    source = in.array();
    made = 0;
    int end = in.offset() + in.length();
    for (int start = in.offset(); start < end; ) {
      int newline = Bytes.newline(source, start, end);
      int lineEnd = newline < 0 ? end : newline;
      int next = newline < 0 ? end : newline + 1;
      if (!line.parse(source, start, lineEnd) || !append()) {
        malformed.add(1);
        pass(start, next, out);
      } else if (!line.partial()) {
        emit(line.stream(), out);
      }
      start = next;
    }
    // The file ended, or the limit was reached, before the last part came.
    for (int stream = 0; stream < pending.length; stream++) {
      if (pendingTimeStart[stream] >= 0) {
        emit(stream, out);
      }
    }
  }

  private boolean append() {
    MutableBytes message = pending[line.stream()];
    int before = message.length();
    try {
      line.appendMessage(source, message);
    } catch (ProcessingException e) {
      // The line is passed on as it is, which says more than half of its message.
      message.truncate(before);
      return false;
    }
    if (pendingTimeStart[line.stream()] < 0) {
      pendingTimeStart[line.stream()] = line.timeStart();
      pendingTimeEnd[line.stream()] = line.timeEnd();
    }
    return true;
  }

  private void pass(int start, int end, RecordSink out) {
    describe(NO_STREAM, 0, 0);
    out.begin().append(source, start, end - start);
    out.commit();
  }

  private void emit(int stream, RecordSink out) {
    describe(stream, pendingTimeStart[stream], pendingTimeEnd[stream]);
    MutableBytes message = pending[stream];
    out.begin().append(message.array(), 0, message.length());
    out.commit();
    message.clear();
    pendingTimeStart[stream] = NO_STREAM;
  }

  private void describe(int stream, int timeStart, int timeEnd) {
    if (made == streams.length) {
      streams = Arrays.copyOf(streams, made * 2);
      timeStarts = Arrays.copyOf(timeStarts, made * 2);
      timeEnds = Arrays.copyOf(timeEnds, made * 2);
    }
    streams[made] = stream;
    timeStarts[made] = timeStart;
    timeEnds[made] = timeEnd;
    made++;
  }

  @Override
  public String attribute(int index, String name) {
    if (index >= made || streams[index] == NO_STREAM) {
      return null;
    }
    return switch (name) {
      case "stream" -> WrappedLine.streamName(streams[index]);
      case "time" -> {
        int length = timeEnds[index] - timeStarts[index];
        yield length == 0
            ? null
            : new String(source, timeStarts[index], length, StandardCharsets.UTF_8);
      }
      default -> null;
    };
  }
}
