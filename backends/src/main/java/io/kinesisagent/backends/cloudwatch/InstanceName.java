package io.kinesisagent.backends.cloudwatch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The name of this machine: the EC2 instance's id (instance metadata version 2), else the host's
 * name. Asked once; the first asking may block for some seconds. Safe for use by several threads.
 */
final class InstanceName {
  private static final int TIMEOUT_MILLIS = 1000;

  private final Map<String, String> environment;
  private String name;

  InstanceName(Map<String, String> environment) {
    this.environment = environment;
  }

  static InstanceName system() {
    return new InstanceName(System.getenv());
  }

  /** The name; never empty. */
  synchronized String find() {
    if (name == null) {
      name = instanceId();
    }
    return name;
  }

  private String instanceId() {
    if (!"true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
      String endpoint =
          environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254");
      try {
        String token = ask("PUT", endpoint + "/latest/api/token", "ttl-seconds", "60");
        String id = ask("GET", endpoint + "/latest/meta-data/instance-id", "", token).strip();
        if (!id.isEmpty()) {
          return id;
        }
      } catch (IOException e) {
        System.getLogger(InstanceName.class.getName())
            .log(System.Logger.Level.DEBUG, "not on EC2: {0}", e.toString());
      }
    }
    return hostName();
  }

  private static String ask(String method, String url, String headerEnd, String header)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    try {
      connection.setRequestMethod(method);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty(
          "X-aws-ec2-metadata-token" + (headerEnd.isEmpty() ? "" : "-" + headerEnd), header);
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      System.getLogger(InstanceName.class.getName())
          .log(System.Logger.Level.DEBUG, "this host has no name: {0}", e.toString());
      return "unknown";
    }
  }
}
