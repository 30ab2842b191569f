package io.kinesisagent.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of one configuration file.
 *
 * @param text without a byte order mark
 */
record SourceText(Path file, String text) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The file's text, or nothing where it cannot be read; then a problem says why. */
  static Optional<SourceText> read(Path file, Problems problems) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      problems.error(Position.wholeFile(file), "", "cannot be read: " + reason(file, e));
      return Optional.empty();
    }
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), chars, true);
    SourceText source = new SourceText(file, withoutMark(chars.flip().toString()));
    if (result.isError()) {
      problems.error(
          source.positionOf(source.text.length()),
          "",
          "is not UTF-8 from here on; save the file in UTF-8");
      return Optional.empty();
    }
    return Optional.of(source);
  }

  /** The place of the character with this index. */
  Position positionOf(int index) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(file, line, index - lineStart + 1);
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied for the user that runs this";
    }
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return e.getMessage();
  }
}
