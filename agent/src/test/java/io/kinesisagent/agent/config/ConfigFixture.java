package io.kinesisagent.agent.config;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host with an in-memory file system and the sample plugins. */
final class ConfigFixture {
  static final long HEAP_BYTES = 512L << 20;

  final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build());
  final Map<String, String> environment = new HashMap<>();
  final Path main;
  final Set<Path> outputs = new HashSet<>();
  String user = "user";

  ConfigFixture() {
    this("/etc/aws-kinesis/agent.json");
  }

  ConfigFixture(String mainFile) {
    main = files.getPath(mainFile);
  }

  ConfigFixture write(String text) {
    return write(main.toString(), text);
  }

  ConfigFixture write(String path, String text) {
    try {
      Path file = files.getPath(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The main file with one flow whose keys, beside the pattern and the stream, are these. */
  ConfigFixture flow(String keys) {
    return write(
        "{\"flows\": [{\"filePattern\": \"/var/log/app.log*\", \"kinesisStream\": \"s\", "
            + keys
            + "}]}");
  }

  ConfigResult read() {
    return reader().read(main);
  }

  /** Where the agent's state is, whether the configuration is valid or not. */
  StatePlace statePlace() {
    return reader().statePlace(main);
  }

  String checkpointFile() {
    return statePlace().checkpointFile().toString();
  }

  private ConfigReader reader() {
    HostFacts host =
        new HostFacts(
            user,
            environment,
            4,
            HEAP_BYTES,
            Optional.of(files.getPath("/var/log/aws-kinesis-agent/aws-kinesis-agent.log")),
            outputs);
    return new ConfigReader(SamplePlugins.catalog(), host);
  }

  AgentConfig valid() {
    if (read() instanceof ConfigResult.Valid valid) {
      return valid.config();
    }
    throw new AssertionError("not valid: " + lines());
  }

  FlowConfig onlyFlow() {
    List<FlowConfig> flows = valid().flows();
    if (flows.size() != 1) {
      throw new AssertionError("not one flow: " + flows);
    }
    return flows.get(0);
  }

  /** The problems as text, without the main file's name. */
  List<String> lines() {
    return read().problems().stream()
        .map(problem -> problem.toString().replaceFirst("^" + main + ":", ""))
        .toList();
  }
}
