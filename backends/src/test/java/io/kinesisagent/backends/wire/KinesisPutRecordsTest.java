package io.kinesisagent.backends.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.MutableBytes;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** Lengths on both sides of where CBOR writes them in another way, read by Jackson. */
class KinesisPutRecordsTest {
  private static final int[] DATA = {0, 1, 23, 24, 255, 256, 65_535, 65_536, 1 << 20};

  private final KinesisPutRecords protocol = new KinesisPutRecords();

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 23, 24, 25, 255, 256, 257, WireBatch.MAX_KEY_BYTES})
  void dataAndKeysOfEveryLength(int keyBytes) throws IOException {
    Filled batch = new Filled(keyBytes);
    Destination stream = new Destination("stream");
    int most = protocol.mostBytes(batch, stream);
    MutableBytes body = new MutableBytes(most);
    protocol.encode(batch, stream, body);

    assertThat(body.array()).as("no more than was said").hasSize(most);
    try (JsonParser parser = new CBORFactory().createParser(body.array(), 0, body.length())) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThat(parser.nextFieldName()).isEqualTo("Records");
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      for (int i = 0; i < DATA.length; i++) {
        assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        assertThat(parser.nextFieldName()).isEqualTo("Data");
        parser.nextToken();
        assertThat(parser.getBinaryValue()).isEqualTo(filled(DATA[i], 'A' + i));
        assertThat(parser.nextFieldName()).isEqualTo("PartitionKey");
        assertThat(parser.nextTextValue()).isEqualTo(Character.toString('a' + i).repeat(keyBytes));
        assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
      }
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
      assertThat(parser.nextFieldName()).isEqualTo("StreamName");
      assertThat(parser.nextTextValue()).isEqualTo("stream");
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(parser.nextToken()).as("behind the body").isNull();
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Records and keys that consist of one letter each. */
  private record Filled(int keyBytes) implements WireBatch {
    @Override
    public int size() {
      return DATA.length;
    }

    @Override
    public int mostBytes() {
      return Arrays.stream(DATA).sum();
    }

    @Override
    public int mostKeyBytes() {
      return keyBytes;
    }

    @Override
    public int bytes(int index) {
      return DATA[index];
    }

    @Override
    public void append(int index, MutableBytes into) {
      into.append(filled(DATA[index], 'A' + index));
    }

    @Override
    public void complete(MutableBytes into) {}

    @Override
    public int key(int index, byte[] into, int at) {
      Arrays.fill(into, at, at + keyBytes, (byte) ('a' + index));
      return keyBytes;
    }
  }
}
