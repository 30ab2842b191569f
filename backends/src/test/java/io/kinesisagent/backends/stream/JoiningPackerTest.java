package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class JoiningPackerTest {
  private static final RequestLimits KINESIS = new RequestLimits(500, 5 << 20, 1 << 20);
  private static final RequestLimits FIREHOSE = new RequestLimits(500, 4 << 20, 1_024_000);

  @Test
  void linesAreJoinedWholeUpToTheSize() {
    TestBatch batch = TestBatch.ofLines("aaa\n", "bbb\n", "ccc\n", "ddddddddddddddd\n", "e\n");
    assertThat(wire(firehose(Joining.NEWLINE, 10).pack(batch)))
        .containsExactly("aaa\nbbb\n", "ccc\n", "ddddddddddddddd\n", "e\n");
  }

  @Test
  void linesThatFillTheSizeExactlyAreJoined() {
    TestBatch batch = TestBatch.ofLines("aaaa\n", "bbbb\n", "c\n");
    assertThat(wire(firehose(Joining.NEWLINE, 10).pack(batch)))
        .containsExactly("aaaa\nbbbb\n", "c\n");
  }

  @Test
  void aRecordWithoutNewlineGetsOne() {
    TestBatch batch = TestBatch.ofLines("{a}", "{b}", "c\n");
    assertThat(wire(firehose(Joining.NEWLINE, 100).pack(batch))).containsExactly("{a}\n{b}\nc\n");
  }

  @Test
  void aFailedWireRecordFailsEveryRecordInIt() {
    TestBatch batch = TestBatch.ofLines("aaa\n", "bbb\n", "ccc\n", "ddd\n", "eee\n");
    Failure failure = new Failure(Disposition.RETRY, "InternalFailure", "why");
    SendResult result =
        firehose(Joining.NEWLINE, 8).pack(batch).unpack(new SendResult.Partial(Map.of(1, failure)));
    assertThat(result).isEqualTo(new SendResult.Partial(Map.of(2, failure, 3, failure)));
  }

  @Test
  void recordsAreJoinedOnlyWithTheirLikeInKeyAndKeepTheirOrder() {
    Packer packer =
        new JoiningPacker(
            Joining.NEWLINE,
            Compression.NONE,
            new PartitionKeyOption.Field(JsonPointer.parse("/k")),
            1000,
            KINESIS);
    TestBatch batch =
        TestBatch.ofLines(
            "{\"k\":1,\"n\":0}\n",
            "{\"k\":2,\"n\":1}\n",
            "{\"k\":1,\"n\":2}\n",
            "{\"k\":2,\"n\":3}\n");
    Packed packed = packer.pack(batch);
    assertThat(wire(packed))
        .containsExactly(
            "{\"k\":1,\"n\":0}\n{\"k\":1,\"n\":2}\n", "{\"k\":2,\"n\":1}\n{\"k\":2,\"n\":3}\n");
    assertThat(keys(packed)).containsExactly("1", "2");
    Failure failure = new Failure(Disposition.RETRY, "InternalFailure", "why");
    assertThat(packed.unpack(new SendResult.Partial(Map.of(1, failure))))
        .isEqualTo(new SendResult.Partial(Map.of(1, failure, 3, failure)));
  }

  @Test
  void theKclUndoesWhatKplJoined() {
    Packer packer =
        new JoiningPacker(
            Joining.KPL, Compression.NONE, new PartitionKeyOption.Random(), 51_200, KINESIS);
    Random random = new Random(7);
    List<byte[]> records =
        IntStream.range(0, 3000)
            .mapToObj(
                i -> {
                  byte[] record = new byte[random.nextInt(10) == 0 ? 20_000 : random.nextInt(300)];
                  random.nextBytes(record);
                  return record;
                })
            .toList();
    Packed packed = packer.pack(TestBatch.of(records));
    assertThat(packed.records().size()).isLessThanOrEqualTo(500);
    List<KinesisClientRecord> wireRecords = clientRecords(packed);
    assertThat(wireRecords)
        .allSatisfy(record -> assertThat(record.data().remaining()).isLessThanOrEqualTo(51_300));
    List<KinesisClientRecord> undone = new AggregatorUtil().deaggregate(wireRecords);
    assertThat(undone.stream().map(record -> bytes(record.data())))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(records);
    assertThat(undone).allMatch(KinesisClientRecord::aggregated);
  }

  @Test
  void theKclUndoesEveryAggregateOfABodyThatHoldsThemAll() {
    Packer packer =
        new JoiningPacker(
            Joining.KPL, Compression.NONE, new PartitionKeyOption.Random(), 2_000, KINESIS);
    TestBatch batch = TestBatch.numbered("a line that is one of many ", 2_000);
    WireBatch wire = packer.pack(batch).records();
    assertThat(wire.size()).isGreaterThan(16);
    for (int time = 0; time < 2; time++) {
      MutableBytes body = new MutableBytes(1);
      int[] starts = new int[wire.size()];
      for (int i = 0; i < wire.size(); i++) {
        body.append('|');
        starts[i] = body.length();
        wire.append(i, body);
        assertThat(body.length() - starts[i]).isEqualTo(wire.bytes(i));
      }
      wire.complete(body);
      List<KinesisClientRecord> undone =
          new AggregatorUtil()
              .deaggregate(
                  IntStream.range(0, wire.size())
                      .mapToObj(
                          i ->
                              clientRecord(
                                  ByteBuffer.wrap(body.array(), starts[i], wire.bytes(i)).slice(),
                                  "key",
                                  i))
                      .toList());
      assertThat(undone).allMatch(KinesisClientRecord::aggregated);
      assertThat(
              undone.stream()
                  .map(record -> new String(bytes(record.data()), StandardCharsets.UTF_8)))
          .containsExactlyElementsOf(batch.lines());
    }
  }

  @Test
  void aConsumerOfTheShardKeepsEveryRecordOfAnAggregate() {
    Packer packer =
        new JoiningPacker(
            Joining.KPL, Compression.NONE, new PartitionKeyOption.File(), 51_200, KINESIS);
    Packed packed = packer.pack(TestBatch.ofFile("/var/log/ü.log", "a\n", "b\n"));
    List<KinesisClientRecord> wireRecords = clientRecords(packed);
    assertThat(wireRecords).hasSize(1);
    byte[] md5 = PartitionKeyOption.md5().digest("/var/log/ü.log".getBytes(StandardCharsets.UTF_8));
    BigInteger hash = new BigInteger(1, md5);
    assertThat(new AggregatorUtil().deaggregate(wireRecords, hash, hash))
        .extracting(KinesisClientRecord::partitionKey)
        .containsExactly("/var/log/ü.log", "/var/log/ü.log");
  }

  @Test
  void gzipAndZstdAreUndoneByTheirOwnReaders() throws IOException {
    TestBatch batch = TestBatch.numbered("a line that repeats itself ", 1000);
    String all = String.join("", batch.lines());
    for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
      Packed packed =
          new JoiningPacker(
                  Joining.NEWLINE, compression, new PartitionKeyOption.None(), 1_000_000, FIREHOSE)
              .pack(batch);
      assertThat(packed.records().size()).isEqualTo(1);
      assertThat(data(packed, 0).length).isLessThan(all.length() / 3);
      assertThat(undone(compression, packed, 0)).isEqualTo(all.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void eachRecordIsCompressedByItselfWhereNothingIsJoined() throws IOException {
    TestBatch batch = TestBatch.numbered("line ", 20);
    Packed packed =
        new JoiningPacker(
                Joining.NONE, Compression.GZIP, new PartitionKeyOption.Random(), 0, KINESIS)
            .pack(batch);
    assertThat(packed.records().size()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      assertThat(undone(Compression.GZIP, packed, i)).isEqualTo(batch.record(i));
    }
    assertThat(keys(packed)).doesNotHaveDuplicates();
  }

  @Test
  void fullBatchesOfRandomBytesStayWithinTheServicesLimits() {
    for (Joining joining : Joining.values()) {
      for (Compression compression : Compression.values()) {
        for (int target : new int[] {1000, 51_200, 1_000_000}) {
          for (int recordBytes : new int[] {150, 30_000, Integer.MAX_VALUE}) {
            assertWithinLimits(joining, compression, target, recordBytes);
          }
        }
      }
    }
  }

  @Test
  void recordsBecomeNoMoreThanTheLimitsTell() {
    Random random = new Random(5);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      records.add(new byte[random.nextInt(8) == 0 ? random.nextInt(3000) : random.nextInt(90)]);
      Arrays.fill(records.get(i), (byte) (random.nextBoolean() ? '\n' : 'x'));
    }
    for (Joining joining : List.of(Joining.NEWLINE, Joining.KPL)) {
      for (int target : new int[] {100, 1000, 30_000}) {
        Packer packer =
            new JoiningPacker(
                joining,
                Compression.NONE,
                new PartitionKeyOption.Constant("k".repeat(256)),
                target,
                KINESIS);
        assertThat(packer.pack(TestBatch.of(records)).records().size())
            .as("%s up to %d", joining, target)
            .isBetween(2, told(packer.limits(), records));
      }
    }
  }

  /** What records become by being joined, by the limits. */
  private static int told(BatchLimits limits, List<byte[]> records) {
    int joined = 0;
    int open = Integer.MAX_VALUE / 2;
    for (byte[] record : records) {
      int bytes = record.length + limits.perRecordOverhead();
      if (open + bytes > limits.joinedBytes()) {
        joined++;
        open = 0;
      }
      open += bytes;
    }
    return joined;
  }

  @Test
  void whereEachRecordHasAKeyTheLimitsTellOfNoJoining() {
    Packer packer =
        new JoiningPacker(
            Joining.NEWLINE, Compression.NONE, new PartitionKeyOption.File(), 30_000, KINESIS);
    assertThat(packer.limits().joinedBytes()).isZero();
  }

  private static void assertWithinLimits(
      Joining joining, Compression compression, int target, int wantedBytes) {
    Packer packer =
        new JoiningPacker(
            joining,
            compression,
            new PartitionKeyOption.Constant("k".repeat(256)),
            target,
            KINESIS);
    var limits = packer.limits();
    int recordBytes = Math.min(wantedBytes, limits.maxDataBytes());
    int count =
        Math.min(
            limits.maxRecords(), limits.maxBytes() / (recordBytes + limits.perRecordOverhead()));
    byte[] noise = new byte[recordBytes];
    new Random(11).nextBytes(noise);
    WireBatch wire = packer.pack(TestBatch.of(Collections.nCopies(count, noise))).records();
    String what = joining + " " + compression + " " + target + " " + recordBytes + " x " + count;
    assertThat(wire.size()).as(what).isLessThanOrEqualTo(500);
    int bytes = 0;
    for (int i = 0; i < wire.size(); i++) {
      assertThat(wire.bytes(i) + 256).as(what).isLessThanOrEqualTo(1 << 20);
      bytes += wire.bytes(i);
    }
    assertThat(bytes + 256 * wire.size()).as(what).isLessThanOrEqualTo(5 << 20);
    assertThat(bytes).as(what).isLessThanOrEqualTo(wire.mostBytes());
    if (compression == Compression.NONE) {
      assertThat(bytes).as(what).isEqualTo(wire.mostBytes());
    }
  }

  private static Packer firehose(Joining joining, int target) {
    return new JoiningPacker(
        joining, Compression.NONE, new PartitionKeyOption.None(), target, FIREHOSE);
  }

  private static List<String> wire(Packed packed) {
    return IntStream.range(0, packed.records().size())
        .mapToObj(i -> new String(data(packed, i), StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] data(Packed packed, int index) {
    return SdkCalls.data(packed.records(), index).asByteArray();
  }

  private static List<String> keys(Packed packed) {
    List<String> keys = new ArrayList<>();
    byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
    for (int i = 0; i < packed.records().size(); i++) {
      keys.add(new String(key, 0, packed.records().key(i, key, 0), StandardCharsets.UTF_8));
    }
    return keys;
  }

  private static List<KinesisClientRecord> clientRecords(Packed packed) {
    List<String> keys = keys(packed);
    return IntStream.range(0, keys.size())
        .mapToObj(i -> clientRecord(ByteBuffer.wrap(data(packed, i)), keys.get(i), i))
        .toList();
  }

  private static KinesisClientRecord clientRecord(ByteBuffer data, String key, int number) {
    return KinesisClientRecord.builder()
        .data(data)
        .partitionKey(key)
        .sequenceNumber(Integer.toString(number))
        .build();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] undone(Compression compression, Packed packed, int index)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(data(packed, index));
    try (var reader =
        compression == Compression.GZIP ? new GZIPInputStream(in) : new ZstdInputStream(in)) {
      return reader.readAllBytes();
    }
  }
}
