package io.kinesisagent.agent.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This host. */
final class Host {
  private Host() {}

  /** The name that records and metrics carry. */
  static String name() {
    String fromEnvironment = System.getenv("HOSTNAME");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
