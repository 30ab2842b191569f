package io.kinesisagent.processors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How JSON values of others are read, within bounds, and written again. */
final class Json {
  /** Deeper nesting than this is no log record. */
  static final int MAX_DEPTH = 200;

  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_STRING_LENGTH = 16 << 20;
  private static final int MAX_NAME_LENGTH = 1 << 16;

  /** Reads whole documents only, and the numbers of them as doubles where they are no integers. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(MAX_STRING_LENGTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** A writer of compact or indented JSON, the same on every system. */
  static ObjectWriter writer(boolean pretty) {
    if (!pretty) {
      return MAPPER.writer();
    }
    return MAPPER.writer(
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
  }
}
