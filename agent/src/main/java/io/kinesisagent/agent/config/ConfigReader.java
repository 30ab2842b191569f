package io.kinesisagent.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads agent.json and the files of agent.d beside it, and reports every problem of them at once.
 * Everything that the result depends on besides the files comes in from outside. One thread.
 */
public final class ConfigReader {
  private final PluginCatalog catalog;
  private final HostFacts host;

  public ConfigReader(PluginCatalog catalog, HostFacts host) {
    this.catalog = catalog;
    this.host = host;
  }

  /**
   * Reads the configuration. Every plugin that a flow chooses is made once and closed again, as a
   * trial.
   */
  public ConfigResult read(Path mainFile) {
    Problems problems = new Problems();
    SourceFiles sources = SourceFiles.read(mainFile, host.environment(), problems);
    catalog
        .failures()
        .forEach(failure -> problems.warning(Position.wholeFile(mainFile), "", failure));
    KnownKeys known = new KnownKeys(catalog);
    AgentReader agent = new AgentReader(sources.mainObject(), known, host, problems);
    FlowReader flowReader = new FlowReader(catalog, known, agent, problems);
    List<FlowConfig> flows = new ArrayList<>();
    boolean anyFlow = sources.isBroken();
    for (Json.Obj source : sources.objects()) {
      List<Json.Obj> found = flowsOf(source, problems);
      found.forEach(flow -> flowReader.read(flow).ifPresent(flows::add));
      anyFlow |= !found.isEmpty() || source.members().containsKey(AgentKeys.FLOWS.name());
    }
    if (!anyFlow) {
      problems.error(
          sources.mainObject(),
          "lacks the required key flows: an array of at least one flow, here or in agent.d");
    }
    sources.additionalObjects().forEach(object -> agent.warnOfAllButFlows(object));
    new SecretsCheck(host.user(), problems).check(sources.objects(), known);
    MemoryNeed.check(agent, flows, problems);
    return problems.errors() > 0
        ? new ConfigResult.Invalid(sources.files(), problems.sorted(sources.files()))
        : new ConfigResult.Valid(
            sources.files(), problems.sorted(sources.files()), agent.config(flows));
  }

  /**
   * Where the state of an agent with this configuration is, also where the configuration has errors
   * or cannot be read.
   */
  public StatePlace statePlace(Path mainFile) {
    Problems problems = new Problems();
    SourceFiles sources = SourceFiles.read(mainFile, host.environment(), problems);
    String key = AgentKeys.CHECKPOINT_FILE.name();
    Json.Obj main =
        sources.isBroken() ? sources.salvaged(key, host.environment()) : sources.mainObject();
    AgentReader agent = new AgentReader(main, new KnownKeys(catalog), host, problems);
    List<Problem> doubts =
        problems.sorted(sources.files()).stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .filter(problem -> problem.file().equals(mainFile))
            .filter(problem -> sources.lacksMain() || problem.jsonPath().equals("$." + key))
            .toList();
    return new StatePlace(
        agent.path(AgentKeys.CHECKPOINT_FILE),
        !agent.values().isSet(AgentKeys.CHECKPOINT_FILE),
        doubts);
  }

  private static List<Json.Obj> flowsOf(Json.Obj source, Problems problems) {
    Json.Member member = source.members().get(AgentKeys.FLOWS.name());
    List<Json.Obj> flows = new ArrayList<>();
    if (member == null) {
      return flows;
    }
    if (!(member.value() instanceof Json.Array array) || array.items().isEmpty()) {
      problems.error(member.value(), "must be an array of at least one flow");
      return flows;
    }
    for (Json item : array.items()) {
      if (item instanceof Json.Obj flow) {
        flows.add(flow);
      } else {
        problems.error(item, "must be an object: a flow; but is " + item.kind());
      }
    }
    return flows;
  }
}
