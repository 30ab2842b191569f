package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.spi.BackendPlugin;

/** Firehose by requests of our own making. */
class WireFirehoseTest extends FamilyContract {
  @Override
  BackendPlugin plugin() {
    return TestPlugins.plugin("firehose");
  }
}
