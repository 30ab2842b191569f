package io.kinesisagent.processors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * EC2's instance metadata service, version 2: a session token first, then the instance identity
 * document and, where the instance allows it, the instance's tags.
 */
final class InstanceMetadataService implements MetadataSource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final int TOKEN_SECONDS = 60;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** The members of a record by the members of the identity document. */
  private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

  static {
    MEMBERS.put("privateIp", "privateIp");
    MEMBERS.put("availabilityZone", "availabilityZone");
    MEMBERS.put("instanceId", "instanceId");
    MEMBERS.put("instanceType", "instanceType");
    MEMBERS.put("accountId", "accountId");
    MEMBERS.put("amiId", "imageId");
    MEMBERS.put("region", "region");
  }

  private final String endpoint;

  /**
   * The service at an endpoint.
   *
   * @param endpoint a URL without a path
   */
  InstanceMetadataService(String endpoint) {
    this.endpoint = endpoint.endsWith("/") ? endpoint : endpoint + "/";
  }

  @Override
  public ObjectNode fetch() throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    String token = token(client);
    JsonNode document =
        Json.MAPPER.readTree(required(client, token, "latest/dynamic/instance-identity/document"));
    if (!document.isObject()) {
      throw new IOException("the instance identity document at " + endpoint + " is no JSON object");
    }
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    MEMBERS.forEach((name, source) -> metadata.set(name, document.get(source)));
    addTags(client, token, metadata);
    return metadata;
  }

  private String token(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        request("latest/api/token")
            .header("X-aws-ec2-metadata-token-ttl-seconds", Integer.toString(TOKEN_SECONDS))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw new IOException(request.uri() + " answered " + response.statusCode());
    }
    return response.body();
  }

  private void addTags(HttpClient client, String token, ObjectNode metadata)
      throws IOException, InterruptedException {
    String path = "latest/meta-data/tags/instance";
    HttpResponse<String> keys = get(client, token, path);
    if (keys.statusCode() == NOT_FOUND) {
      return;
    }
    ObjectNode tags = metadata.putObject("tags");
    for (String key : checked(keys).lines().toList()) {
      String escaped = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
      tags.put(key.toLowerCase(Locale.ROOT), required(client, token, path + "/" + escaped));
    }
  }

  private String required(HttpClient client, String token, String path)
      throws IOException, InterruptedException {
    return checked(get(client, token, path));
  }

  private static String checked(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException(response.uri() + " answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<String> get(HttpClient client, String token, String path)
      throws IOException, InterruptedException {
    HttpRequest request = request(path).header("X-aws-ec2-metadata-token", token).GET().build();
    return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(REQUEST_TIMEOUT);
  }
}
