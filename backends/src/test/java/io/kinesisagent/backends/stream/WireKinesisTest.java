package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.spi.BackendPlugin;

/** Kinesis by requests of our own making. */
class WireKinesisTest extends FamilyContract {
  @Override
  BackendPlugin plugin() {
    return TestPlugins.plugin("kinesis");
  }
}
