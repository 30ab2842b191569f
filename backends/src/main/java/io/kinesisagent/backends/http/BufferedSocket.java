package io.kinesisagent.backends.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that is read and written with few calls of the system, also beneath TLS, which reads the
 * head of each of its records, five bytes, by itself, and writes each by itself. For one thread at
 * a time.
 */
final class BufferedSocket extends Socket {
  /** An answer to 500 records is about two of these. */
  private static final int INPUT_BYTES = 32 * 1024;

  private InputStream in;
  private GatheredOutput out;

  @Override
  public InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new BufferedInputStream(super.getInputStream(), INPUT_BYTES);
    }
    return in;
  }

  @Override
  public GatheredOutput getOutputStream() throws IOException {
    if (out == null) {
      out = new GatheredOutput(super.getOutputStream());
    }
    return out;
  }
}
