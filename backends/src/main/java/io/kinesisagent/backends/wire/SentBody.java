package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A request's body as an HTTP client reads it. It is handed over as it is: newer Java versions copy
 * what a {@link ByteArrayInputStream} transfers, piece by piece, to a stream that is not their own.
 */
final class SentBody extends ByteArrayInputStream {
  SentBody(MutableBytes body) {
    super(body.array(), 0, body.length());
  }

  @Override
  public synchronized long transferTo(OutputStream to) throws IOException {
    int left = available();
    to.write(buf, pos, left);
    pos = count;
    return left;
  }
}
