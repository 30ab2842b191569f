package io.kinesisagent.processors;

import java.util.Arrays;

/** Where the fields of one line lie in its bytes. Used again for each line. */
final class FieldSpans {
  private final int[] starts;
  private final int[] ends;

  /** Room for the fields of a line, all of them null. */
  FieldSpans(int count) {
    starts = new int[count];
    ends = new int[count];
    clear();
  }

  int count() {
    return starts.length;
  }

  /** Makes all fields null. */
  void clear() {
    Arrays.fill(starts, -1);
  }

  /** Says where a field lies; an {@code end} is exclusive. */
  void set(int field, int start, int end) {
    starts[field] = start;
    ends[field] = end;
  }

  void setNull(int field) {
    starts[field] = -1;
  }

  /** Where a field begins; negative where it is null. */
  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** Makes each field null that is {@code -} and nothing else. */
  void nullDashes(byte[] bytes) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] >= 0 && ends[i] - starts[i] == 1 && bytes[starts[i]] == '-') {
        starts[i] = -1;
      }
    }
  }
}
