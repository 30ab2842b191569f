package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.Faults;
import io.kinesisagent.backends.aws.Identity;
import io.kinesisagent.backends.aws.SdkClients;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.SendResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Makes calls of an SDK client, one attempt each, and turns what comes of them into results. The
 * client is made by the first call, because that may need the network. Safe for use by several
 * threads.
 *
 * @param <C> the client
 */
final class SdkCalls<C extends SdkAutoCloseable> implements AutoCloseable {
  /**
   * The answer for one record.
   *
   * @param code the error's code, or null where the record was taken
   */
  record Entry(String code, String message) {}

  private final Connection connection;
  private final ServiceEndpoints endpoints;
  private final Supplier<C> maker;
  private C client;

  SdkCalls(Connection connection, ServiceEndpoints endpoints, Supplier<C> maker) {
    this.connection = connection;
    this.endpoints = endpoints;
    this.maker = maker;
  }

  /** A record's data as the SDK wants it. */
  static SdkBytes data(WireBatch batch, int index) {
    MutableBytes data = new MutableBytes(batch.bytes(index));
    batch.append(index, data);
    batch.complete(data);
    return SdkBytes.fromByteArrayUnsafe(Arrays.copyOf(data.array(), data.length()));
  }

  /**
   * Makes a call.
   *
   * @param size records of the request
   * @param put makes the request; returns an entry a record, or none where all were taken
   */
  SendResult call(int size, Function<C, List<Entry>> put) {
    if (connection.identity() instanceof Identity.Unknown unknown) {
      return new SendResult.Failed(unknown.failure());
    }
    try {
      return result(size, put.apply(client()));
    } catch (SdkException e) {
      return new SendResult.Failed(SdkClients.failure(e, connection, endpoints.at(connection)));
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    connection.close();
  }

  private synchronized C client() {
    if (client == null) {
      client = maker.get();
    }
    return client;
  }

  private static SendResult result(int size, List<Entry> entries) {
    if (entries.isEmpty()) {
      return SendResult.DELIVERED;
    }
    if (entries.size() != size) {
      return new SendResult.Failed(
          new Failure(
              Disposition.RETRY,
              "MalformedReply",
              "the service answered " + entries.size() + " records of " + size));
    }
    Map<Integer, Failure> failed = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Entry entry = entries.get(i);
      if (entry.code() != null) {
        failed.put(i, Faults.of(0, entry.code(), orEmpty(entry.message())));
      }
    }
    return failed.isEmpty() ? SendResult.DELIVERED : new SendResult.Partial(failed);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
