package io.kinesisagent.backends.local;

import io.kinesisagent.backends.WorkerThreads;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes records to standard output as they are. Flows take turns batch by batch, so that records
 * never mix; a reader that does not read holds up every flow to standard output, and no other.
 */
final class StdoutBackend implements Backend {
  private static final BatchLimits LIMITS = new BatchLimits(10_000, 4 << 20, 4 << 20, 0);

  /** A process has one standard output: held while a batch is written to it. */
  private static final Object TURN = new Object();

  private final WorkerThreads threads = new WorkerThreads("stdout", 1);
  private final RecordWriter writer = new RecordWriter();
  private final WritableByteChannel output;

  /**
   * @param output where to write; not closed by this backend
   */
  StdoutBackend(WritableByteChannel output) {
    this.output = output;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    return CompletableFuture.supplyAsync(() -> write(batch), threads);
  }

  @Override
  public void close() {
    threads.close();
  }

  private SendResult write(Batch batch) {
    synchronized (TURN) {
      try {
        writer.write(batch, output);
        return SendResult.DELIVERED;
      } catch (IOException e) {
        return new SendResult.Failed(
            new Failure(
                Disposition.RETRY,
                e.getClass().getSimpleName(),
                "standard output cannot be written: " + e.getMessage()));
      }
    }
  }
}
