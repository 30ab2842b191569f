package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Setting;
import java.util.List;
import java.util.stream.Stream;

/** The agent-wide keys of credentials, HTTP and proxy: the same for every service. */
final class ConnectionKeys {
  private static final String NO_CONTROL = "[^\\x00-\\x1F\\x7F-\\x9F]*";
  private static final String NO_CONTROL_IN_WORDS =
      "text for a header, without line breaks and other control characters";

  static final Setting<Boolean> USE_FIPS =
      Setting.bool("aws.useFips", "Use the services' FIPS endpoints.").defaultTo(false);
  static final Setting<Boolean> USE_DUALSTACK =
      Setting.bool("aws.useDualstack", "Use the services' endpoints for IPv4 and IPv6.")
          .defaultTo(false);

  static final Setting<String> ACCESS_KEY_ID =
      Setting.string(
          "awsAccessKeyId",
          "Access key, with awsSecretAccessKey; taken before the default chain of credentials.");
  static final Setting<String> SECRET_ACCESS_KEY =
      Setting.string("awsSecretAccessKey", "Secret of awsAccessKeyId.").hidden();
  static final Setting<String> SESSION_TOKEN =
      Setting.string("awsSessionToken", "Session token of temporary keys.").hidden();
  static final Setting<String> ROLE_ARN =
      Setting.string(
          "assumeRoleARN",
          "Role to assume, with the credentials found otherwise; its session is called"
              + " AWSKinesisAgent, lasts 3600 seconds and is renewed in time.");
  static final Setting<String> ROLE_EXTERNAL_ID =
      Setting.string(
          "assumeRoleExternalId", "External id that the role of assumeRoleARN asks for.");
  static final Setting<String> PROVIDER_CLASS =
      Setting.string(
          "userDefinedCredentialsProvider.classname",
          "An AwsCredentialsProvider of the AWS SDK v2 with a public constructor without arguments,"
              + " or a static create(); taken before every other source of credentials.");
  static final Setting<String> PROVIDER_JAR =
      Setting.string(
          "userDefinedCredentialsProvider.location",
          "The jar that holds userDefinedCredentialsProvider.classname. Absent: the agent's own"
              + " class path.");

  static final Setting<Long> MAX_SENDING_THREADS =
      Setting.integer(
          "maxSendingThreads",
          1,
          Integer.MAX_VALUE,
          "Most requests in flight at once, over all flows. Absent: maxSendingThreadsPerCore times"
              + " the processors, at least 2.");
  static final Setting<Long> MAX_SENDING_THREADS_PER_CORE =
      Setting.integer(
              "maxSendingThreadsPerCore",
              1,
              Integer.MAX_VALUE,
              "Requests in flight for each processor, where maxSendingThreads is absent.")
          .defaultTo(12L);
  static final Setting<Long> MAX_CONNECTIONS =
      Setting.integer(
          "maxConnections",
          1,
          Integer.MAX_VALUE,
          "Most HTTP connections to one service. Absent: the larger of 50 and maxSendingThreads.");
  static final Setting<Long> CONNECTION_TIMEOUT_MILLIS =
      Setting.integer(
              "connectionTimeoutMillis",
              1,
              Integer.MAX_VALUE,
              "How long connecting to a service may take.")
          .defaultTo(10_000L);
  static final Setting<Long> SOCKET_TIMEOUT_MILLIS =
      Setting.integer(
              "socketTimeoutMillis",
              1,
              Integer.MAX_VALUE,
              "How long a service may stay silent before an attempt fails; a whole attempt may take"
                  + " four times as long.")
          .defaultTo(50_000L);
  static final Setting<Long> CONNECTION_TTL_MILLIS =
      Setting.integer(
              "connectionTTLMillis",
              -1,
              Integer.MAX_VALUE,
              "How long a connection is used before it is replaced; 0 and -1: as long as it works.")
          .defaultTo(-1L);
  static final Setting<Boolean> TCP_KEEP_ALIVE =
      Setting.bool("useTcpKeepAlive", "Probe idle connections (SO_KEEPALIVE).").defaultTo(false);
  static final Setting<Boolean> HTTP_GZIP =
      Setting.bool("useHttpGzip", "Accept responses compressed with gzip.").defaultTo(false);

  static final Setting<String> PROXY_HOST =
      Setting.string("proxy.host", "Host of an HTTP proxy. Absent: HTTPS_PROXY of the environment.")
          .matching(
              "\\s*([A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+\\])\\s*",
              "the name or the address of a host and nothing else, such as proxy.example.com or"
                  + " [::1]; the port is proxy.port, a user is proxy.username and proxy.password");
  static final Setting<Long> PROXY_PORT =
      Setting.integer("proxy.port", 1, 65_535, "Port of the proxy.").defaultTo(3128L);
  static final Setting<String> PROXY_USERNAME =
      Setting.string("proxy.username", "User name that the proxy asks for.");
  static final Setting<String> PROXY_PASSWORD =
      Setting.string("proxy.password", "Password of proxy.username.").hidden();
  static final Setting<List<String>> PROXY_NON_PROXY_HOSTS =
      Setting.strings(
          "proxy.nonProxyHosts",
          "Hosts that are reached without the proxy: an array, or one string with ',' or '|'"
              + " between them; '*' stands for anything, a leading '.' for any subdomain."
              + " Absent: NO_PROXY of the environment.");

  static final Setting<String> USER_AGENT =
      Setting.string("userAgent", "Put before the agent's own name in the User-Agent header.")
          .matching(NO_CONTROL, NO_CONTROL_IN_WORDS);
  static final Setting<String> USER_AGENT_OVERRIDE =
      Setting.string("userAgentOverride", "Replaces the whole User-Agent header.")
          .matching(NO_CONTROL, NO_CONTROL_IN_WORDS);

  private static final List<Setting<?>> ALL =
      List.of(
          USE_FIPS,
          USE_DUALSTACK,
          ACCESS_KEY_ID,
          SECRET_ACCESS_KEY,
          SESSION_TOKEN,
          ROLE_ARN,
          ROLE_EXTERNAL_ID,
          PROVIDER_CLASS,
          PROVIDER_JAR,
          MAX_SENDING_THREADS,
          MAX_SENDING_THREADS_PER_CORE,
          MAX_CONNECTIONS,
          CONNECTION_TIMEOUT_MILLIS,
          SOCKET_TIMEOUT_MILLIS,
          CONNECTION_TTL_MILLIS,
          TCP_KEEP_ALIVE,
          HTTP_GZIP,
          PROXY_HOST,
          PROXY_PORT,
          PROXY_USERNAME,
          PROXY_PASSWORD,
          PROXY_NON_PROXY_HOSTS,
          USER_AGENT,
          USER_AGENT_OVERRIDE);

  private ConnectionKeys() {}

  /** These keys, and where the service and STS are. */
  static List<Setting<?>> with(ServiceKeys service) {
    return Stream.of(service.all(), ServiceKeys.STS.all(), ALL)
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }
}
