package io.kinesisagent.agent.app;

import io.kinesisagent.agent.tail.Tail;
import java.util.concurrent.TimeUnit;

/**
 * What one generation of a file was like at one moment. Immutable.
 *
 * @param offset the end of what was read, in source bytes
 * @param settled the end of what has arrived and need not be read again
 * @param size of the file when last seen, in bytes
 * @param bytesBehind known to be there and not settled yet, whether read or not
 * @param secondsBehind how long ago the first of those was appended; 0 where there is none
 * @param phase in a word: reading, held, cut or deleted
 * @param trouble why it cannot be read at the moment, or null
 * @param account its books, since the flow's task was last made
 */
record FileStatus(
    String path,
    long generation,
    long offset,
    long settled,
    long size,
    long bytesBehind,
    long secondsBehind,
    String phase,
    String trouble,
    FlowStatus.Books account) {
  static FileStatus of(Tail tail, long nowNanos) {
    return new FileStatus(
        tail.path().toString(),
        tail.generation(),
        tail.position().offset(),
        tail.watermark().offset(),
        tail.size(),
        tail.bytesBehind(),
        TimeUnit.NANOSECONDS.toSeconds(tail.behindForNanos(nowNanos)),
        phase(tail),
        tail.trouble(),
        FlowStatus.Books.of(tail.account()));
  }

  private static String phase(Tail tail) {
    return switch (tail.phase()) {
      case FOLLOWING -> tail.gone() ? "deleted" : tail.rotated() ? "rotated" : "reading";
      case HELD -> "held";
      case CUT -> "cut";
      case FINISHED -> "finished";
    };
  }
}
