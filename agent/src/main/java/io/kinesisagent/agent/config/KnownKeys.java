package io.kinesisagent.agent.config;

import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key that the engine and the installed plugins declare. Immutable. */
final class KnownKeys {
  /** Names the schema to editors; it means nothing to the agent. */
  static final String SCHEMA = "$schema";

  private final PluginCatalog catalog;
  private final List<String> agent;
  private final List<String> flow;

  KnownKeys(PluginCatalog catalog) {
    this.catalog = catalog;
    List<Setting<?>> agentWide = new ArrayList<>();
    agentWide.add(AgentKeys.FLOWS);
    agentWide.addAll(AgentKeys.ALL);
    agentWide.addAll(AgentKeys.IGNORED);
    agentWide.addAll(pluginAgentSettings());
    List<String> agentNames = new ArrayList<>(KeyedObject.names(agentWide));
    agentNames.add(SCHEMA);
    this.agent = List.copyOf(agentNames);
    List<Setting<?>> ofFlows = new ArrayList<>(FlowKeys.ALL);
    ofFlows.add(FlowKeys.DESTINATION);
    ofFlows.add(FlowKeys.DATA_PROCESSING_OPTIONS);
    ofFlows.addAll(FlowKeys.IGNORED);
    catalog.backends().forEach(backend -> backend.shorthand().ifPresent(ofFlows::add));
    ofFlows.addAll(pluginFlowSettings());
    this.flow = KeyedObject.names(ofFlows);
  }

  /** The names of all agent-wide keys. */
  List<String> agent() {
    return agent;
  }

  /** The names of all keys of a flow. */
  List<String> flow() {
    return flow;
  }

  /** The agent-wide settings of plugins, one for each name. */
  List<Setting<?>> pluginAgentSettings() {
    return oncePerName(plugins().flatMap(plugin -> plugin.agentSettings().stream()));
  }

  /** The flow settings of plugins, one for each name. */
  List<Setting<?>> pluginFlowSettings() {
    return oncePerName(plugins().flatMap(plugin -> plugin.flowSettings().stream()));
  }

  /** Every plugin, backends first. */
  Stream<Plugin<?>> plugins() {
    return Stream.of(catalog.backends(), catalog.processors(), catalog.publishers())
        .flatMap(List::stream);
  }

  /** The backend that a flow key is the short form of. */
  Optional<BackendPlugin> backendOfShorthand(String key) {
    return catalog.backends().stream()
        .filter(
            backend ->
                backend.shorthand().filter(setting -> setting.name().equals(key)).isPresent())
        .findFirst();
  }

  /** The short forms of destinations, as an author of agent.json would list them. */
  List<String> destinations() {
    return Stream.concat(
            catalog.backends().stream().flatMap(b -> b.shorthand().stream()).map(Setting::name),
            Stream.of(FlowKeys.DESTINATION.name()))
        .toList();
  }

  /** The names of the installed backends. */
  List<String> backendTypes() {
    return catalog.backends().stream().map(BackendPlugin::name).toList();
  }

  /** The names of the installed processors. */
  List<String> processorNames() {
    return catalog.processors().stream().map(ProcessorPlugin::name).toList();
  }

  private static List<Setting<?>> oncePerName(Stream<Setting<?>> settings) {
    Map<String, Setting<?>> byName = new LinkedHashMap<>();
    settings.forEach(setting -> byName.putIfAbsent(setting.name(), setting));
    return List.copyOf(byName.values());
  }
}
