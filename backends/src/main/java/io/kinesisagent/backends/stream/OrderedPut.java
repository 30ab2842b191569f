package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Puts wire records so that those of one key arrive in their order. A service may take some records
 * of a request and refuse others before them; so a request carries one wire record of each key, the
 * next ones follow when that was taken, and behind one that was not taken its key's records wait
 * untried. Used by one thread.
 */
final class OrderedPut {
  /** A sender that wants to stop must not wait for ever. */
  private static final int MOST_REQUESTS = 50;

  private static final Failure WAITS =
      new Failure(
          Disposition.UNTRIED, "Untried", "it waits for a record of its key that was not taken");

  private final WireBatch batch;
  private final PutClient client;
  private final String[] keys;
  private final BitSet taken = new BitSet();
  private final Map<Integer, Failure> failed = new HashMap<>();
  private final Set<String> held = new HashSet<>();

  OrderedPut(WireBatch batch, PutClient client) {
    this.batch = batch;
    this.client = client;
    keys = new String[batch.size()];
    byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new String(key, 0, batch.key(i, key, 0), StandardCharsets.UTF_8);
    }
  }

  /** Puts what can be put; what was not tried yet is in the result as such. */
  SendResult put() {
    for (int requests = 0; requests < MOST_REQUESTS; requests++) {
      int[] next = next();
      if (next.length == 0) {
        break;
      }
      SendResult result =
          client.put(next.length == batch.size() ? batch : new Selected(batch, next));
      if (result instanceof SendResult.Failed whole) {
        if (taken.isEmpty()) {
          return whole;
        }
        failed(next, whole.failure());
        break;
      }
      answered(next, result instanceof SendResult.Partial partial ? partial.failed() : Map.of());
    }
    for (int i = 0; i < keys.length; i++) {
      if (!taken.get(i)) {
        failed.putIfAbsent(i, WAITS);
      }
    }
    return failed.isEmpty() ? SendResult.DELIVERED : new SendResult.Partial(failed);
  }

  /** The first wire record of each key that may be tried. */
  private int[] next() {
    int[] next = new int[keys.length];
    int count = 0;
    Set<String> seen = new HashSet<>(held);
    for (int i = 0; i < keys.length; i++) {
      if (!taken.get(i) && !failed.containsKey(i) && seen.add(keys[i])) {
        next[count++] = i;
      }
    }
    return Arrays.copyOf(next, count);
  }

  private void answered(int[] tried, Map<Integer, Failure> refused) {
    for (int i = 0; i < tried.length; i++) {
      Failure failure = refused.get(i);
      if (failure == null) {
        taken.set(tried[i]);
      } else {
        failed.put(tried[i], failure);
        // What can never be accepted holds nothing up.
        if (failure.disposition() != Disposition.REJECTED) {
          held.add(keys[tried[i]]);
        }
      }
    }
  }

  /** A later request failed as a whole. One that was rejected is tried again by itself first. */
  private void failed(int[] tried, Failure failure) {
    for (int index : tried) {
      failed.put(index, failure.disposition() == Disposition.REJECTED ? WAITS : failure);
    }
  }

  /** Some of a batch's wire records, in their order. */
  private static final class Selected implements WireBatch {
    private final WireBatch batch;
    private final int[] indexes;

    Selected(WireBatch batch, int[] indexes) {
      this.batch = batch;
      this.indexes = indexes;
    }

    @Override
    public int size() {
      return indexes.length;
    }

    @Override
    public int mostBytes() {
      return batch.mostBytes();
    }

    @Override
    public int mostKeyBytes() {
      return batch.mostKeyBytes();
    }

    @Override
    public int bytes(int index) {
      return batch.bytes(indexes[index]);
    }

    @Override
    public void append(int index, MutableBytes into) {
      batch.append(indexes[index], into);
    }

    @Override
    public void complete(MutableBytes into) {
      batch.complete(into);
    }

    @Override
    public int key(int index, byte[] into, int at) {
      return batch.key(indexes[index], into, at);
    }
  }
}
