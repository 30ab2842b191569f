package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.BackendPlugin;

/** Firehose through the SDK's client. */
class SdkFirehoseTest extends FamilyContract {
  @Override
  BackendPlugin plugin() {
    return new FirehoseBackendPlugin(SdkFirehose::new);
  }
}
