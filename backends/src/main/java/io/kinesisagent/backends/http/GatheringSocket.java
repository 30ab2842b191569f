package io.kinesisagent.backends.http;

import java.io.IOException;
import java.net.Socket;

/** A socket whose output can be held back, also beneath TLS. Written by one thread at a time. */
final class GatheringSocket extends Socket {
  private GatheredOutput out;

  @Override
  public GatheredOutput getOutputStream() throws IOException {
    if (out == null) {
      out = new GatheredOutput(super.getOutputStream());
    }
    return out;
  }
}
