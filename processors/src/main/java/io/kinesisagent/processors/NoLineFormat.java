package io.kinesisagent.processors;

import java.util.List;

/** The format of no line at all. */
record NoLineFormat(List<String> fieldNames) implements LineFormat {
  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    return false;
  }
}
