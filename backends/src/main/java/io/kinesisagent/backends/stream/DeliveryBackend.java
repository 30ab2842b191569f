package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Probe;
import io.kinesisagent.spi.SendResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sends batches to a stream of the family: packs a batch, puts it by one request on one of the
 * connection's threads, or by several where a key's records must keep their order, and maps the
 * outcome back to the batch's records.
 */
final class DeliveryBackend implements Backend {
  private final Packer packer;
  private final PutClient client;
  private final Executor threads;
  private final StreamProbe probe;

  /**
   * A backend over a client, which it closes.
   *
   * @param threads run the client's calls, which block
   * @param probe asks the same stream, over the same connection
   */
  DeliveryBackend(Packer packer, PutClient client, Executor threads, StreamProbe probe) {
    this.packer = packer;
    this.client = client;
    this.threads = threads;
    this.probe = probe;
  }

  @Override
  public BatchLimits limits() {
    return packer.limits();
  }

  @Override
  public String packing() {
    return packer.words();
  }

  @Override
  public void prepare() {
    probe.prepare();
  }

  @Override
  public Probe probe() {
    return probe.ask();
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Packed packed = packer.pack(batch)) {
            WireBatch records = packed.records();
            return packed.unpack(
                batch.inOrder() && records.mostKeyBytes() > 0
                    ? new OrderedPut(records, client).put()
                    : client.put(records));
          }
        },
        threads);
  }

  @Override
  public void close() {
    client.close();
  }
}
