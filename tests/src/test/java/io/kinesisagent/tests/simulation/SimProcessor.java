package io.kinesisagent.tests.simulation;

import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops some lines, makes two records of others, makes some longer than a record may be, and fails
 * on a few.
 */
final class SimProcessor implements Processor {
  static final List<String> MARKS = List.of("DROPPED", "TWICE", "GROWN", "FAILING");

  private static final int GROWN_PARTS = 300;
  private static final int LEAST_PIECE_BYTES = 100;

  private final int maxBytes;

  /**
   * @param maxBytes of a record, beyond which a line is made
   */
  SimProcessor(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  static boolean fails(String line) {
    return line.contains("FAILING");
  }

  /** What is to come out of a line. */
  static List<String> records(String line, int maxBytes) {
    if (line.contains("DROPPED")) {
      return List.of();
    }
    if (line.contains("TWICE")) {
      return List.of(line, again(line));
    }
    if (line.contains("GROWN")) {
      String grown = grown(line, maxBytes);
      List<String> pieces = new ArrayList<>();
      for (int at = 0; at < grown.length(); at += maxBytes) {
        pieces.add(grown.substring(at, Math.min(grown.length(), at + maxBytes)));
      }
      return pieces;
    }
    return List.of(line);
  }

  private static String again(String line) {
    return "again " + line;
  }

  private static String grown(String line, int maxBytes) {
    StringBuilder grown = new StringBuilder();
    for (int i = 0; i < GROWN_PARTS || grown.length() % maxBytes < LEAST_PIECE_BYTES; i++) {
      grown.append(line, 0, line.length() - 1).append(i).append(' ');
    }
    return grown.append('\n').toString();
  }

  @Override
  public void process(RecordView in, RecordSink out) throws ProcessingException {
    String line = new String(in.array(), in.offset(), in.length(), StandardCharsets.ISO_8859_1);
    if (fails(line)) {
      throw ProcessingException.failed("as it was told to");
    }
    if (line.contains("TWICE")) {
      out.forward(in);
      emit(again(line), out);
    } else if (line.contains("GROWN")) {
      emit(grown(line, maxBytes), out);
    } else if (!line.contains("DROPPED")) {
      out.forward(in);
    }
  }

  private static void emit(String record, RecordSink out) {
    byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
    out.begin().append(bytes, 0, bytes.length);
    out.commit();
  }
}
