package io.kinesisagent.agent.tail;

class FingerprintIdentifierTest extends FileIdentifierContract {
  @Override
  FileIdentifier identifier() {
    return new FingerprintIdentifier();
  }
}
