package io.kinesisagent.agent.tail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What records a whole, finished file holds, by the plainest means: nothing is read in pieces, and
 * a line is a string.
 */
record RecordModel(
    Charset charset, boolean multiLine, int headerLines, int maxBytes, boolean split) {
  static final char START = 'S';
  static final String FOOTER = "#end";

  private static final int HOLE_BYTES = 16;

  List<String> records(byte[] content) {
    List<String> records = new ArrayList<>();
    int unit = "\n".getBytes(charset).length;
    int written = content.length;
    while (written > 0 && content[written - 1] == 0) {
      written--;
    }
    // What is behind that is room that its writer did not need.
    byte[] file = Arrays.copyOf(content, (written + unit - 1) / unit * unit);
    int headers = headerLines;
    for (int at = 0; at < file.length; ) {
      int nuls = 0;
      while (at + nuls < file.length && file[at + nuls] == 0) {
        nuls++;
      }
      nuls -= nuls % unit;
      if (nuls >= HOLE_BYTES) {
        at += nuls;
        continue;
      }
      int lineEnd = lineEnd(file, at);
      if (headers > 0) {
        headers--;
        at = lineEnd;
        continue;
      }
      if (text(file, at, lineEnd).trim().equals(FOOTER)) {
        break;
      }
      int end = multiLine ? recordEnd(file, lineEnd) : lineEnd;
      if (split && end - at > maxBytes) {
        int held = maxBytes;
        for (int line = lineEnd; multiLine && line - at <= maxBytes; line = lineEnd(file, line)) {
          held = line - at;
        }
        records.add(bytes(file, at, at + held));
        at += held;
      } else {
        records.add(bytes(file, at, end - at > maxBytes ? at + maxBytes + 1 : end));
        at = end;
      }
    }
    return records;
  }

  private int recordEnd(byte[] file, int from) {
    int line = from;
    while (line < file.length) {
      int end = lineEnd(file, line);
      String text = text(file, line, Math.min(end, line + maxBytes));
      if (text.startsWith("" + START) || text.trim().equals(FOOTER)) {
        return line;
      }
      line = end;
    }
    return file.length;
  }

  private int lineEnd(byte[] file, int from) {
    byte[] newline = "\n".getBytes(charset);
    for (int i = from; i + newline.length <= file.length; i += newline.length) {
      if (Arrays.equals(file, i, i + newline.length, newline, 0, newline.length)) {
        return i + newline.length;
      }
    }
    return file.length;
  }

  private String text(byte[] file, int from, int to) {
    return new String(file, from, to - from, charset);
  }

  static String bytes(byte[] data, int from, int to) {
    return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
