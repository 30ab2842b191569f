package io.kinesisagent.backends.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Deliveries with each record compressed by itself. */
class GzipDeliveryTest extends JoinedDeliveryContract {
  @Override
  Map<String, Object> flow() {
    return Map.of("compression", "GZIP");
  }

  @Override
  protected List<byte[]> arrived() {
    return service().taken().stream().map(GzipDeliveryTest::undone).toList();
  }

  private static byte[] undone(byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
