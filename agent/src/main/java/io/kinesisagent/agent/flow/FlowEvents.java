package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.send.SendListener;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailListener;
import io.kinesisagent.spi.ProcessingException;
import java.nio.file.Path;

/** Everything that operators and the books hear of one flow. Called by the flow's thread. */
public interface FlowEvents extends TailListener, SendListener {
  /** A path under the patterns cannot be looked at. Said once for each new reason. */
  void unreadable(Path path, String reason);

  /** A processor failed on a record, or a record was not of its form. */
  void processingFailed(Tail tail, long offset, ProcessingException failure, OnError then);

  /** A record was longer than the destination takes. */
  void oversize(Tail tail, long offset, Oversize then);

  /** Some records were dropped by rule. */
  void dropped(long records);

  /**
   * A record has waited long for memory. Said once, until {@link #memoryFound()}.
   *
   * @param neededBytes what the record takes
   * @param heldBytes what all flows hold at the moment
   * @param boundBytes the most that they may
   */
  void waitsForMemory(int neededBytes, long heldBytes, long boundBytes);

  /** What was said to wait for memory waits no longer. */
  void memoryFound();
}
