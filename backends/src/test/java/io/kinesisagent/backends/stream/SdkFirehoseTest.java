package io.kinesisagent.backends.stream;

/** Firehose through the SDK's client. */
class SdkFirehoseTest extends FamilyContract {
  @Override
  String type() {
    return "firehose";
  }
}
