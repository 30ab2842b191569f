package io.kinesisagent.backends.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final ReplyReader CBOR = new KinesisPutRecords().replies();
  private static final ReplyReader JSON = new FirehosePutRecordBatch().replies();

  /** {@code {"ErrorCode": "X"}}, one of two entries. */
  private static final String ENTRIES = "a1" + text("ErrorCode") + text("X") + "a0";

  @ParameterizedTest
  @ValueSource(strings = {"00", "1800", "190000", "1a00000000", "1b0000000000000000"})
  void noneFailedIsToldByTheFirstBytes(String zero) throws IOException {
    for (String map : new String[] {"a2", "a3", "bf"}) {
      byte[] start = cbor(map + text("FailedRecordCount") + zero + text("Records") + "9f");
      CutBehind answer = new CutBehind(start);

      assertThat(CBOR.read(answer, 2)).isEqualTo(SendResult.DELIVERED);
      assertThat(answer.taken).as("the entries are not read").isLessThanOrEqualTo(40);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "1801", "190001", "1a00000001", "1b0000000000000001"})
  void failedRecordsAreFoundHoweverTheirCountIsWritten(String count) throws IOException {
    byte[] whole =
        cbor("a2" + text("FailedRecordCount") + count + text("Records") + "82" + ENTRIES);

    SendResult result = CBOR.read(new ByteArrayInputStream(whole), 2);
    assertThat(((SendResult.Partial) result).failed()).containsOnlyKeys(0);
    assertThat(CBOR.read(byteByByte(whole), 2)).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "20", "190100", "1a01000000"})
  void aCountOfOthersThanAreNamedIsMalformed(String count) throws IOException {
    byte[] whole =
        cbor("a2" + text("FailedRecordCount") + count + text("Records") + "82" + ENTRIES);

    SendResult result = CBOR.read(new ByteArrayInputStream(whole), 2);
    assertThat(((SendResult.Failed) result).failure().code()).isEqualTo("MalformedReply");
    assertThat(CBOR.read(byteByByte(whole), 2)).isEqualTo(result);
  }

  @Test
  void anAnswerThatBeginsInAnotherWayIsReadWhole() throws IOException {
    String failed = text("FailedRecordCount");
    for (String body :
        new String[] {
          "a2" + text("Records") + "82" + ENTRIES + failed + "01",
          "a3"
              + text("EncryptionType")
              + text("KMS")
              + failed
              + "01"
              + text("Records")
              + "82"
              + ENTRIES,
          "b90002" + failed + "01" + text("Records") + "82" + ENTRIES
        }) {
      SendResult result = CBOR.read(new ByteArrayInputStream(cbor(body)), 2);
      assertThat(result).as(body).isInstanceOf(SendResult.Partial.class);
    }
    byte[] byBytes = cbor("a2" + failed + "00" + text("Records") + "82a0a0");
    assertThat(CBOR.read(byteByByte(byBytes), 2)).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void anAnswerThatEndsBehindItsCountIsAnAnswer() throws IOException {
    byte[] start = cbor("a2" + text("FailedRecordCount") + "00");

    assertThat(CBOR.read(new CutBehind(start), 2)).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void jsonToo() throws IOException {
    for (Map.Entry<String, Class<?>> each :
        Map.<String, Class<?>>of(
                "{\"FailedPutCount\":0,\"RequestResponses\":[", SendResult.Delivered.class,
                "{\"FailedPutCount\": 0, \"RequestResponses\":[", SendResult.Delivered.class,
                "{\"FailedPutCount\":0.5,\"RequestResponses\":[{}]}", SendResult.Delivered.class,
                "{\"FailedPutCount\":1,\"RequestResponses\":[{\"ErrorCode\":\"X\"}]}",
                    SendResult.Partial.class,
                "{\"FailedPutCount\":00,\"RequestResponses\":[{}]}", SendResult.Failed.class)
            .entrySet()) {
      byte[] bytes = each.getKey().getBytes(StandardCharsets.UTF_8);
      assertThat(JSON.read(new ByteArrayInputStream(bytes), 1))
          .as(each.getKey())
          .isInstanceOf(each.getValue());
      assertThat(JSON.read(byteByByte(bytes), 1)).as(each.getKey()).isInstanceOf(each.getValue());
    }
  }

  private static byte[] cbor(String hex) {
    return HEX.parseHex(hex);
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x60 + bytes.length);
    out.writeBytes(bytes);
    return HEX.formatHex(out.toByteArray());
  }

  private static InputStream byteByByte(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(1, length));
      }
    };
  }

  /** An answer whose connection is lost behind what is known of it. */
  private static final class CutBehind extends InputStream {
    private final InputStream start;
    private int taken;

    private CutBehind(byte[] start) {
      this.start = new ByteArrayInputStream(start);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = start.read(into, offset, length);
      if (count < 0) {
        throw new IOException("the connection is lost");
      }
      taken += count;
      return count;
    }
  }
}
