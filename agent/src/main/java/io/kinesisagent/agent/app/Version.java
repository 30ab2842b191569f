package io.kinesisagent.agent.app;

import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {
  /** The version, such as {@code 3.0.0}; {@code development} where it runs from class files. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The name and version that requests and the log carry. */
  static String userAgent() {
    return "aws-kinesis-agent/" + number();
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "aws-kinesis-agent " + number() + ", Java " + System.getProperty("java.runtime.version")
    };
  }
}
