package io.kinesisagent.processors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.PluginContext;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the metadata of this instance fresh on a thread of its own. The flow's thread only reads
 * what is there. Metadata once had is kept when it cannot be had again.
 */
final class RefreshedMetadata implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RefreshedMetadata.class.getName());
  private static final long RETRY_SECONDS = 60;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssZ", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final MetadataSource source;
  private final long ttlSeconds;
  private final String flow;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread refresher;
  private boolean started;
  private boolean failureSaid;
  private volatile boolean decided;
  private volatile ObjectNode current;

  RefreshedMetadata(MetadataSource source, long ttlSeconds, PluginContext context) {
    this.source = source;
    this.ttlSeconds = ttlSeconds;
    this.flow = context.flow();
    this.clock = context.clock();
    this.refresher = new Thread(this::refreshUntilClosed, "ec2-metadata");
    refresher.setDaemon(true);
  }

  /** Starts to fetch, the first time it is called. By the flow's thread. */
  void start() {
    if (!started) {
      started = true;
      refresher.start();
    }
  }

  /** Whether it is known if there is metadata. */
  boolean decided() {
    return decided;
  }

  /** The members to add to a record, never changed; null where there are none. */
  ObjectNode current() {
    return current;
  }

  @Override
  public void close() {
    closed.countDown();
    refresher.interrupt();
  }

  private void refreshUntilClosed() {
    try {
      boolean fetched;
      do {
        fetched = refresh();
        decided = true;
      } while (!closed.await(
          fetched ? ttlSeconds : Math.min(RETRY_SECONDS, ttlSeconds), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      // Only close() interrupts, and this was the last the thread had to do.
      Thread.currentThread().interrupt();
    }
  }

  private boolean refresh() throws InterruptedException {
    try {
      ObjectNode fetched = source.fetch();
      fetched.put("metadataTimestamp", TIMESTAMP.format(Instant.ofEpochMilli(clock.epochMillis())));
      current = fetched;
      failureSaid = false;
      return true;
    } catch (IOException | RuntimeException e) {
      sayOnce(e);
      return false;
    }
  }

  private void sayOnce(Exception e) {
    if (failureSaid) {
      return;
    }
    failureSaid = true;
    LOG.log(
        System.Logger.Level.WARNING,
        current == null
            ? "flow {0}: ADDEC2METADATA passes records unchanged, for there is no instance"
                + " metadata to be had ({1}); it goes on asking every {2} s"
            : "flow {0}: ADDEC2METADATA goes on with the instance metadata it has, for there is no"
                + " newer to be had ({1}); it goes on asking every {2} s",
        flow,
        e.toString(),
        Math.min(RETRY_SECONDS, ttlSeconds));
  }
}
