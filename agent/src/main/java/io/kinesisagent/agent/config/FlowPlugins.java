package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Processor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives the plugins of one flow their settings, and tries them. One thread. */
final class FlowPlugins {
  private final KeyedObject flow;
  private final AgentReader agent;
  private final Problems problems;
  private final TrialRun trial;
  private final Set<String> agentKeysRead = new LinkedHashSet<>();

  FlowPlugins(KeyedObject flow, AgentReader agent, Problems problems) {
    this.flow = flow;
    this.agent = agent;
    this.problems = problems;
    this.trial = new TrialRun(flow, agent.object(), problems);
  }

  List<PluginChoice<Processor>> processors(List<ChosenPlugin<Processor>> chosen, String id) {
    List<PluginChoice<Processor>> choices = new ArrayList<>();
    for (ChosenPlugin<Processor> processor : chosen) {
      int errorsBefore = problems.errors();
      PluginChoice<Processor> choice = choice(processor, id);
      choices.add(choice);
      if (problems.errors() == errorsBefore && isRight(processor.plugin())) {
        trial.processor(processor, choice);
      }
    }
    return choices;
  }

  Destination destination(ChosenBackend backend, String id, SettingValues flowValues) {
    int errorsBefore = problems.errors();
    PluginChoice<Backend> choice = choice(backend.chosen(), id);
    boolean triable = problems.errors() == errorsBefore && isRight(backend.plugin());
    int maxDataBytes = triable ? trial.backend(backend.chosen(), choice, flowValues) : 0;
    return backend.destination(choice, maxDataBytes);
  }

  /** The flow's text and that of the agent-wide keys that its plugins read. */
  String definition() {
    StringBuilder text = new StringBuilder(JsonText.of(flow.source()));
    for (String key : agentKeysRead) {
      Optional<Json.Member> member = agent.object().member(key);
      member.ifPresent(m -> text.append('\n').append(key).append(JsonText.of(m.value())));
    }
    return text.toString();
  }

  /** Whether no key that a plugin reads has an error: a trial would be one of other values. */
  private boolean isRight(Plugin<?> plugin) {
    return Stream.of(
            plugin.flowSettings().stream().flatMap(key -> flow.member(key).stream()),
            plugin.agentSettings().stream().flatMap(key -> agent.object().member(key).stream()))
        .flatMap(members -> members)
        .noneMatch(member -> problems.isReportedWithin(member.value()));
  }

  private <T> PluginChoice<T> choice(ChosenPlugin<T> chosen, String id) {
    Plugin<T> plugin = chosen.plugin();
    agentKeysRead.addAll(KeyedObject.names(plugin.agentSettings()));
    return new PluginChoice<>(
        plugin,
        chosen.settings(),
        flow.read(plugin.flowSettings(), true, Set.of()),
        agent.of(plugin),
        id);
  }
}
