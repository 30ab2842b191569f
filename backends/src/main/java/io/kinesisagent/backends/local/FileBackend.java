package io.kinesisagent.backends.local;

import io.kinesisagent.backends.WorkerThreads;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Appends records to the rolling files of a directory. A batch counts as delivered when the write
 * has succeeded; its bytes are forced to the disk when the file is finished. Batches are written
 * one after the other by a thread of its own, in the order of {@link #send}.
 */
final class FileBackend implements Backend {
  static final int MAX_BATCH_BYTES = 4 << 20;

  private static final System.Logger LOG = System.getLogger(FileBackend.class.getName());
  private static final BatchLimits LIMITS =
      new BatchLimits(10_000, MAX_BATCH_BYTES, MAX_BATCH_BYTES, 0);

  private final WorkerThreads threads = new WorkerThreads("file", 1);
  private final RollingFile file;

  FileBackend(RollingFile file) {
    this.file = file;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    return CompletableFuture.supplyAsync(() -> append(batch), threads);
  }

  /** Finishes the current file; it has every delivered record on the disk then. */
  @Override
  public void close() {
    threads.close();
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} could not be forced to the disk; a power cut may take its last records: {1}",
          file,
          e.toString());
    }
  }

  private SendResult append(Batch batch) {
    try {
      file.append(batch);
      return SendResult.DELIVERED;
    } catch (IOException e) {
      return new SendResult.Failed(
          new Failure(
              Disposition.RETRY,
              e.getClass().getSimpleName(),
              file + " cannot be written: " + e.getMessage()));
    }
  }
}
