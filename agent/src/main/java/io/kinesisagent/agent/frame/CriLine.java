package io.kinesisagent.agent.frame;

import io.kinesisagent.spi.MutableBytes;

/**
 * A line in the format of the Kubernetes container runtime interface: {@code TIME STREAM TAGS
 * MESSAGE}, where the first tag is {@code P} for a part of a line and {@code F} for the last part.
 */
public final class CriLine implements WrappedLine {
  private int timeStart;
  private int timeEnd;
  private int stream;
  private boolean partial;
  private int messageStart;
  private int messageEnd;

  @Override
  public boolean parse(byte[] data, int start, int end) {
    timeStart = start;
    timeEnd = blank(data, start, end);
    int streamEnd = timeEnd < 0 ? -1 : blank(data, timeEnd + 1, end);
    if (timeEnd <= start || streamEnd - timeEnd - 1 != 6) {
      return false;
    }
    if (equal(data, timeEnd + 1, "stdout")) {
      stream = 0;
    } else if (equal(data, timeEnd + 1, "stderr")) {
      stream = 1;
    } else {
      return false;
    }
    int tags = streamEnd + 1;
    // A runtime that strips blanks leaves an empty message without the blank before it.
    int blank = blank(data, tags, end);
    int tagsEnd = blank < 0 ? end : blank;
    if (tagsEnd == tags || (tagsEnd > tags + 1 && data[tags + 1] != ':')) {
      return false;
    }
    if (data[tags] != 'P' && data[tags] != 'F') {
      return false;
    }
    partial = data[tags] == 'P';
    messageStart = Math.min(end, tagsEnd + 1);
    messageEnd = end;
    return true;
  }

  private static int blank(byte[] data, int from, int end) {
    for (int i = from; i < end; i++) {
      if (data[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static boolean equal(byte[] data, int at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (data[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int stream() {
    return stream;
  }

  @Override
  public boolean partial() {
    return partial;
  }

  @Override
  public int timeStart() {
    return timeStart;
  }

  @Override
  public int timeEnd() {
    return timeEnd;
  }

  @Override
  public void appendMessage(byte[] data, MutableBytes out) {
    out.append(data, messageStart, messageEnd - messageStart);
    if (!partial) {
      out.append('\n');
    }
  }
}
