package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the agent-wide keys, the engine's and the plugins'. One thread. */
final class AgentReader {
  private final KeyedObject object;
  private final KnownKeys known;
  private final HostFacts host;
  private final Problems problems;
  private final FileSystem files;
  private final SettingValues values;
  private final IdentityHashMap<Plugin<?>, SettingValues> ofPlugins = new IdentityHashMap<>();

  AgentReader(Json.Obj source, KnownKeys known, HostFacts host, Problems problems) {
    this.known = known;
    this.host = host;
    this.problems = problems;
    this.files = source.at().file().getFileSystem();
    this.object = new KeyedObject(source, known.agent(), problems);
    SettingValues read = object.read(AgentKeys.ALL, true, Set.of());
    checkPath(AgentKeys.CHECKPOINT_FILE, read);
    checkPath(AgentKeys.DEAD_LETTER_DIRECTORY, read);
    checkMonitoringAddress(read);
    this.values = read.withDefaults(computedDefaults(read));
    for (Plugin<?> plugin : known.plugins().toList()) {
      ofPlugins.put(plugin, readFor(plugin.agentSettings()));
    }
    known.pluginAgentSettings().stream()
        .filter(setting -> setting.name().endsWith(".endpoint"))
        .forEach(this::checkEndpoint);
    checkKeyPair();
    noteIgnored(object, AgentKeys.IGNORED, problems);
    object.warnOfUnknown(
        known.agent(),
        key ->
            known.flow().contains(key)
                ? Optional.of("it is a key of a flow: move it into one of flows")
                : Optional.empty());
  }

  KeyedObject object() {
    return object;
  }

  HostFacts host() {
    return host;
  }

  FileSystem files() {
    return files;
  }

  SettingValues values() {
    return values;
  }

  /** The agent-wide keys that an installed plugin declared. */
  SettingValues of(Plugin<?> plugin) {
    SettingValues found = ofPlugins.get(plugin);
    return found == null ? readFor(plugin.agentSettings()) : found;
  }

  /** A path among the engine's keys, absolute; the default's where the file's own is unusable. */
  Path path(Setting<String> setting) {
    try {
      return files.getPath(values.get(setting)).toAbsolutePath();
    } catch (InvalidPathException reported) {
      return files.getPath("/");
    }
  }

  AgentConfig config(List<FlowConfig> flows) {
    return new AgentConfig(values, files, flows, this::readFor);
  }

  /** Warns of what stands in a file of agent.d beside its flows. */
  void warnOfAllButFlows(Json.Obj source) {
    KeyedObject additional = new KeyedObject(source, known.agent(), problems);
    additional.warnOfUnknown(
        List.of(AgentKeys.FLOWS.name()),
        key ->
            known.agent().contains(key)
                ? Optional.of(
                    "a file of agent.d may hold flows only; move it to " + mainFile().getFileName())
                : Optional.empty());
  }

  /** Says once of each key that is accepted without effect. */
  static void noteIgnored(KeyedObject object, List<Setting<?>> ignored, Problems problems) {
    for (Setting<?> setting : ignored) {
      object
          .member(setting)
          .ifPresent(
              member ->
                  problems.note(
                      member.keyAt(),
                      member.value().path(),
                      "is accepted from older files, without effect"));
    }
  }

  private Path mainFile() {
    return object.source().at().file();
  }

  private SettingValues readFor(List<Setting<?>> declared) {
    SettingValues read = object.read(declared, true, Set.of());
    return values == null ? read : read.withDefaults(values.computedDefaults());
  }

  private Map<String, Object> computedDefaults(SettingValues read) {
    Map<String, Object> defaults = new HashMap<>();
    long sendingThreads = host.maxSendingThreads(read.get(AgentKeys.MAX_SENDING_THREADS_PER_CORE));
    defaults.put(AgentKeys.MAX_SENDING_THREADS.name(), sendingThreads);
    if (read.isSet(AgentKeys.MAX_SENDING_THREADS)) {
      sendingThreads = read.get(AgentKeys.MAX_SENDING_THREADS);
    }
    defaults.put(AgentKeys.MAX_CONNECTIONS.name(), Math.max(50, sendingThreads));
    defaults.put(AgentKeys.MAX_MEMORY_BYTES.name(), host.maxMemoryBytes());
    defaults.put(AgentKeys.DEAD_LETTER_DIRECTORY.name(), besideCheckpoints(read));
    return defaults;
  }

  private String besideCheckpoints(SettingValues read) {
    try {
      return files
          .getPath(read.get(AgentKeys.CHECKPOINT_FILE))
          .toAbsolutePath()
          .resolveSibling("dead-letters")
          .toString();
    } catch (InvalidPathException reported) {
      return "/";
    }
  }

  private void checkPath(Setting<String> setting, SettingValues read) {
    if (read.isSet(setting)) {
      try {
        files.getPath(read.get(setting));
      } catch (InvalidPathException e) {
        object
            .member(setting)
            .ifPresent(member -> problems.error(member.value(), "is no path: " + e.getReason()));
      }
    }
  }

  private void checkMonitoringAddress(SettingValues read) {
    String text = read.get(AgentKeys.MONITORING_ADDRESS);
    if (text != null && HostPort.parse(text).isEmpty()) {
      object
          .member(AgentKeys.MONITORING_ADDRESS)
          .ifPresent(
              member ->
                  problems.error(
                      member.value(),
                      "must be host:port, such as 127.0.0.1:9100, but is \"" + text + "\""));
    }
  }

  private void checkEndpoint(Setting<?> setting) {
    Optional<Json.Member> member = object.member(setting);
    if (member.isPresent() && member.get().value() instanceof Json.Text text) {
      if (!text.value().isEmpty() && !isEndpoint(text.value())) {
        problems.error(
            text,
            "must be a host such as kinesis.us-east-1.amazonaws.com or a URL such as"
                + " https://host:443, but is "
                + (text.value().contains("@")
                    ? "not shown, since it may hold a password"
                    : '"' + text.value() + '"'));
      }
    }
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "https://" + text);
      return uri.getHost() != null
          && (uri.getScheme().equals("https") || uri.getScheme().equals("http"))
          && uri.getPort() <= 65_535
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException notUri) {
      return false;
    }
  }

  private void checkKeyPair() {
    requireTogether("awsAccessKeyId", "awsSecretAccessKey");
    requireTogether("awsSecretAccessKey", "awsAccessKeyId");
    requireTogether("awsSessionToken", "awsAccessKeyId");
  }

  private void requireTogether(String key, String other) {
    if (known.agent().containsAll(List.of(key, other)) && isSet(key) && !isSet(other)) {
      Json.Member member = object.member(key).orElseThrow();
      problems.error(member.keyAt(), member.value().path(), "needs " + other + " beside it");
    }
  }

  private boolean isSet(String key) {
    return object
        .member(key)
        .filter(member -> !(member.value() instanceof Json.Text t && t.value().isEmpty()))
        .isPresent();
  }
}
