package io.kinesisagent.backends.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.SendResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every backend, whatever is behind it. */
public abstract class BackendContract {
  /** A backend with an empty destination behind it; closed by its maker. */
  protected abstract Backend backend() throws Exception;

  /** Every record that arrived, in the order of arrival where the destination has one. */
  protected abstract List<byte[]> arrived() throws Exception;

  /** Whether records come back one by one, and not just as a row of bytes. */
  protected boolean keepsBoundaries() {
    return true;
  }

  @Test
  void everyByteValueArrivesAsItIs() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertDelivered(TestBatch.of(List.of(all, "\n".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void recordsOfManySizesArriveWhole() throws Exception {
    List<byte[]> records =
        IntStream.of(1, 2, 23, 24, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 200_001)
            .mapToObj(BackendContract::patterned)
            .toList();
    assertDelivered(TestBatch.of(records));
  }

  @Test
  void recordsWithOtherBytesBetweenThemArriveWithoutThose() throws Exception {
    assertDelivered(
        TestBatch.withGaps(IntStream.range(0, 20).mapToObj(i -> patterned(10 + i)).toList()));
  }

  @Test
  void aLargestRecordArrives() throws Exception {
    assertDelivered(TestBatch.of(List.of(patterned(backend().limits().maxDataBytes()))));
  }

  @Test
  void severalBatchesInFlightAllArrive() throws Exception {
    Backend backend = backend();
    List<CompletableFuture<SendResult>> sent = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestBatch batch = TestBatch.numbered("batch " + i + " line ", 50);
      expected.addAll(batch.lines());
      sent.add(backend.send(batch).toCompletableFuture());
    }
    for (CompletableFuture<SendResult> result : sent) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(SendResult.DELIVERED);
    }
    assertThat(lines(arrived())).containsExactlyInAnyOrderElementsOf(expected);
  }

  protected final void assertDelivered(TestBatch batch) throws Exception {
    assertThat(send(backend(), batch)).isEqualTo(SendResult.DELIVERED);
    List<byte[]> sent = IntStream.range(0, batch.size()).mapToObj(batch::record).toList();
    if (keepsBoundaries()) {
      assertThat(arrived().stream().map(ByteBuffer::wrap).sorted().toList())
          .isEqualTo(sent.stream().map(ByteBuffer::wrap).sorted().toList());
    } else {
      assertThat(joined(arrived())).isEqualTo(joined(sent));
    }
  }

  protected static SendResult send(Backend backend, Batch batch) throws Exception {
    return backend.send(batch).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static byte[] patterned(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + size);
    }
    return bytes;
  }

  private static List<String> lines(List<byte[]> records) {
    String all = new String(joined(records), StandardCharsets.UTF_8);
    return all.lines().map(line -> line + "\n").toList();
  }

  private static byte[] joined(List<byte[]> records) {
    byte[] all = new byte[records.stream().mapToInt(record -> record.length).sum()];
    int at = 0;
    for (byte[] record : records) {
      System.arraycopy(record, 0, all, at, record.length);
      at += record.length;
    }
    return all;
  }
}
