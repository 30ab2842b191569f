package io.kinesisagent.backends.stream;

/** Kinesis through the SDK's client. */
class SdkKinesisTest extends FamilyContract {
  @Override
  String type() {
    return "kinesis";
  }
}
