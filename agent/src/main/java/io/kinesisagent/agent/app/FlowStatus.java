package io.kinesisagent.agent.app;

import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.tail.Account;
import io.kinesisagent.agent.tail.Tail;

/**
 * What a flow was like at one moment. Immutable.
 *
 * @param files generations that are not at rest
 * @param bytesBehind source bytes that are known to be there and were not read yet
 * @param account the sum of the books of all generations since the start
 * @param restarts how often the flow had to be made anew
 */
record FlowStatus(
    String flow, int files, long filesBehind, long bytesBehind, Books account, long restarts) {
  /** An {@link Account} at one moment. */
  record Books(
      long bytesRead,
      long skippedBytes,
      long recordsRead,
      long delivered,
      long dropped,
      long deadLettered,
      long inFlight) {
    static Books of(Account account) {
      return new Books(
          account.bytesRead(),
          account.skippedBytes(),
          account.recordsRead(),
          account.delivered(),
          account.dropped(),
          account.deadLettered(),
          account.inFlight());
    }
  }

  static FlowStatus starting(String flow) {
    return new FlowStatus(flow, 0, 0, 0, Books.of(new Account()), 0);
  }

  static FlowStatus of(String flow, FlowTask task, long restarts) {
    Account sum = new Account();
    int files = 0;
    long filesBehind = 0;
    long bytesBehind = 0;
    for (Tail tail : task.tails()) {
      sum.add(tail.account());
      if (tail.phase() != Tail.Phase.FINISHED) {
        files++;
        bytesBehind += tail.bytesBehind();
        filesBehind += tail.bytesBehind() > 0 ? 1 : 0;
      }
    }
    return new FlowStatus(flow, files, filesBehind, bytesBehind, Books.of(sum), restarts);
  }
}
