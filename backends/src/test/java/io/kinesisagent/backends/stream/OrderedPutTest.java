package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes together, what waits, and what a refusal holds up. */
class OrderedPutTest implements PutClient {
  private static final Failure SLOW = new Failure(Disposition.THROTTLED, "Slow", "");
  private static final Failure BAD = new Failure(Disposition.REJECTED, "Bad", "");

  private final Deque<SendResult> script = new ArrayDeque<>();
  private final List<List<String>> requests = new ArrayList<>();

  @Test
  void aRequestCarriesOneRecordOfEachKey() {
    assertThat(put("a1", "a2", "b1", "a3", "c1", "b2")).isEqualTo(SendResult.DELIVERED);
    assertThat(requests)
        .containsExactly(List.of("a1", "b1", "c1"), List.of("a2", "b2"), List.of("a3"));
  }

  @Test
  void recordsOfDifferentKeysGoTogether() {
    assertThat(put("a1", "b1", "c1")).isEqualTo(SendResult.DELIVERED);
    assertThat(requests).containsExactly(List.of("a1", "b1", "c1"));
  }

  @Test
  void aRefusalHoldsItsKeyAndNoOther() {
    script.add(new SendResult.Partial(Map.of(0, SLOW)));
    SendResult result = put("a1", "a2", "b1", "b2");
    assertThat(requests).containsExactly(List.of("a1", "b1"), List.of("b2"));
    assertThat(failed(result).keySet()).containsExactlyInAnyOrder(0, 1);
    assertThat(failed(result).get(0)).isEqualTo(SLOW);
    assertThat(failed(result).get(1).disposition()).isEqualTo(Disposition.UNTRIED);
  }

  @Test
  void whatCanNeverBeAcceptedHoldsNothingUp() {
    script.add(new SendResult.Partial(Map.of(0, BAD)));
    SendResult result = put("a1", "a2");
    assertThat(requests).containsExactly(List.of("a1"), List.of("a2"));
    assertThat(failed(result)).containsOnly(Map.entry(0, BAD));
  }

  @Test
  void aFailureOfTheFirstRequestIsTheWholeBatchs() {
    script.add(new SendResult.Failed(SLOW));
    assertThat(put("a1", "a2")).isEqualTo(new SendResult.Failed(SLOW));
  }

  @Test
  void aFailureOfALaterRequestIsItsRecords() {
    script.add(SendResult.DELIVERED);
    script.add(new SendResult.Failed(SLOW));
    SendResult result = put("a1", "a2", "a3");
    assertThat(failed(result).get(1)).isEqualTo(SLOW);
    assertThat(failed(result).get(2).disposition()).isEqualTo(Disposition.UNTRIED);
  }

  @Test
  void aLaterRequestThatIsRejectedIsNotTheEndOfItsRecords() {
    script.add(SendResult.DELIVERED);
    script.add(new SendResult.Failed(BAD));
    SendResult result = put("a1", "a2", "a3");
    assertThat(failed(result).values())
        .allMatch(failure -> failure.disposition() == Disposition.UNTRIED)
        .hasSize(2);
  }

  @Test
  void aLongBatchOfOneKeyComesBackNowAndThen() {
    SendResult result = put(Collections.nCopies(500, "a").toArray(String[]::new));
    assertThat(requests).hasSize(50);
    assertThat(failed(result)).hasSize(450);
  }

  private static Map<Integer, Failure> failed(SendResult result) {
    return ((SendResult.Partial) result).failed();
  }

  private SendResult put(String... records) {
    String[] json =
        Arrays.stream(records)
            .map(record -> "{\"k\":\"" + record.charAt(0) + "\",\"v\":\"" + record + "\"}")
            .toArray(String[]::new);
    PlainPacker packer =
        new PlainPacker(
            new BatchLimits(500, 1 << 20, 1 << 10, 1),
            new PartitionKeyOption.Field(JsonPointer.parse("/k")));
    return new OrderedPut(packer.pack(TestBatch.ofLines(json)).records(), this).put();
  }

  @Override
  public SendResult put(WireBatch batch) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String json = SdkCalls.data(batch, i).asUtf8String();
      records.add(json.substring(json.indexOf("\"v\"") + 5, json.length() - 2));
    }
    requests.add(records);
    SendResult scripted = script.poll();
    return scripted == null ? SendResult.DELIVERED : scripted;
  }

  @Override
  public void close() {}
}
