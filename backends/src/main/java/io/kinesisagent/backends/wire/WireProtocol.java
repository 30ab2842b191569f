package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;

/** How one operation of one service is written and answered. Stateless. */
public interface WireProtocol {
  /** The service's name in signatures. */
  String service();

  /** The header {@code X-Amz-Target}. */
  String target();

  /** The header {@code Content-Type}. */
  String contentType();

  /** How answers are read. */
  ReplyReader replies();

  /** Most bytes of the body of a request. */
  int mostBytes(WireBatch batch, Destination stream);

  /** Writes the body of a request. */
  void encode(WireBatch batch, Destination stream, MutableBytes into);
}
