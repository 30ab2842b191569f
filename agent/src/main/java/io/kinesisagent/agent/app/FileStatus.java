package io.kinesisagent.agent.app;

import io.kinesisagent.agent.tail.Tail;

/**
 * What one generation of a file was like at one moment. Immutable.
 *
 * @param offset the end of what was read, in source bytes
 * @param settled the end of what has arrived and need not be read again
 * @param size of the file when last seen, in bytes
 * @param bytesBehind known to be there and not read yet
 * @param secondsBehind since when there has always been something unread; 0 where all is read
 * @param phase in a word: reading, held, cut or deleted
 * @param trouble why it cannot be read at the moment, or null
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
    String trouble) {
  static FileStatus of(Tail tail, long secondsBehind) {
    return new FileStatus(
        tail.path().toString(),
        tail.generation(),
        tail.position().offset(),
        tail.watermark().offset(),
        tail.size(),
        tail.bytesBehind(),
        secondsBehind,
        phase(tail),
        tail.trouble());
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
