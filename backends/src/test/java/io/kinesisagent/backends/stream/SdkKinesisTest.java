package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.BackendPlugin;

/** Kinesis through the SDK's client. */
class SdkKinesisTest extends FamilyContract {
  @Override
  BackendPlugin plugin() {
    return new KinesisBackendPlugin(SdkKinesis::new);
  }
}
