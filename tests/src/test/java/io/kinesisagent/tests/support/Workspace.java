package io.kinesisagent.tests.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders of one agent under test: the logs it tails, its state, what it delivers to, and its
 * agent.json.
 */
public final class Workspace {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /** Makes the folders in {@code folder}. */
  public Workspace(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(logs());
      Files.createDirectories(state());
      Files.createDirectories(delivered());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** What the agent tails. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** Where checkpoints and dead letters are. */
  public Path state() {
    return folder.resolve("state");
  }

  /** The checkpoint file. */
  public Path checkpoints() {
    return state().resolve("checkpoints");
  }

  /** Where the {@code file} destination writes. */
  public Path delivered() {
    return folder.resolve("delivered");
  }

  /** The agent's configuration. */
  public Path configuration() {
    return folder.resolve("agent.json");
  }

  /** Settings for an agent whose only destination is {@code endpoint}; no flows yet. */
  public ObjectNode settings(URI endpoint) {
    return settings()
        .put("kinesis.endpoint", endpoint.toString())
        .put("firehose.endpoint", endpoint.toString())
        .put("kinesis.region", "us-east-1")
        .put("awsAccessKeyId", "AKIDEXAMPLE")
        .put("awsSecretAccessKey", Secrets.KEY);
  }

  /** Settings for an agent that calls nobody; no flows yet. */
  public ObjectNode settings() {
    ObjectNode settings = JSON.createObjectNode();
    settings
        .put("checkpointFile", checkpoints().toString())
        .put("cloudwatch.emitMetrics", false)
        .putArray("flows");
    return settings;
  }

  /**
   * Adds a flow that reads all of {@code pattern} (a name in {@link #logs()}) from the start and
   * sends within a second.
   */
  public ObjectNode addFlow(ObjectNode settings, String pattern) {
    return settings
        .withArray("flows")
        .addObject()
        .put("filePattern", logs().resolve(pattern).toString())
        .put("initialPosition", "START_OF_FILE")
        .put("maxBufferAgeMillis", 1000);
  }

  /** Settings with one flow from {@code pattern} to {@code stream} at {@code endpoint}. */
  public ObjectNode toKinesis(URI endpoint, String pattern, String stream) {
    ObjectNode settings = settings(endpoint);
    addFlow(settings, pattern).put("kinesisStream", stream);
    return settings;
  }

  /** Settings with one flow from {@code pattern} to files in {@link #delivered()}. */
  public ObjectNode toFiles(String pattern) {
    ObjectNode settings = settings();
    addFlowToFiles(settings, pattern, delivered());
    return settings;
  }

  /** Adds a flow from {@code pattern} to files in {@code directory}. */
  public ObjectNode addFlowToFiles(ObjectNode settings, String pattern, Path directory) {
    ObjectNode flow = addFlow(settings, pattern);
    flow.putObject("destination").put("type", "file").put("directory", directory.toString());
    return flow;
  }

  /** Makes {@code settings} the agent's configuration. */
  public void configure(ObjectNode settings) {
    try {
      Files.writeString(configuration(), settings.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
