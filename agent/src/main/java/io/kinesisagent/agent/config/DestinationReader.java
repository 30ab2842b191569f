package io.kinesisagent.agent.config;

import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the destination of a flow, in its short form or as an object. One thread. */
final class DestinationReader {
  private static final String TYPE = "type";

  private final PluginCatalog catalog;
  private final KnownKeys known;
  private final Problems problems;

  DestinationReader(PluginCatalog catalog, KnownKeys known, Problems problems) {
    this.catalog = catalog;
    this.known = known;
    this.problems = problems;
  }

  /** The flow's only destination, or nothing where it has none that is right. */
  Optional<ChosenBackend> read(KeyedObject flow) {
    Map<String, Json.Member> given = new LinkedHashMap<>();
    for (String key : known.destinations()) {
      flow.member(key).filter(member -> !isEmpty(member)).ifPresent(m -> given.put(key, m));
    }
    if (given.isEmpty()) {
      problems.error(
          flow.source(), "lacks a destination: one of " + String.join(", ", known.destinations()));
      return Optional.empty();
    }
    if (given.size() > 1) {
      Json.Member last = List.copyOf(given.values()).get(given.size() - 1);
      problems.error(
          last.keyAt(),
          last.value().path(),
          "is more than one destination in a flow: "
              + String.join(", ", given.keySet())
              + "; make it a flow for each");
      return Optional.empty();
    }
    Map.Entry<String, Json.Member> only = given.entrySet().iterator().next();
    return known
        .backendOfShorthand(only.getKey())
        .map(backend -> shorthand(backend, only.getValue(), flow))
        .orElseGet(() -> object(only.getValue().value(), flow));
  }

  private Optional<ChosenBackend> shorthand(
      BackendPlugin backend, Json.Member member, KeyedObject flow) {
    Json value = member.value();
    Json.Obj source =
        new Json.Obj(value.at(), value.path(), Map.of(backend.shorthandFor(), member));
    return choose(backend, source, flow);
  }

  private Optional<ChosenBackend> object(Json value, KeyedObject flow) {
    if (!(value instanceof Json.Obj source)) {
      problems.error(
          value, "must be an object with the key type: one of " + types() + "; is " + value.kind());
      return Optional.empty();
    }
    Json.Member type = source.members().get(TYPE);
    if (type == null) {
      problems.error(source, "lacks the required key type: one of " + types());
      return Optional.empty();
    }
    Optional<Object> name =
        new ValueReader(problems)
            .read(Setting.choice(TYPE, known.backendTypes(), "the backend's name"), type.value());
    return name.flatMap(found -> catalog.backend((String) found))
        .flatMap(backend -> choose(backend, source, flow));
  }

  private Optional<ChosenBackend> choose(BackendPlugin backend, Json.Obj source, KeyedObject flow) {
    int errorsBefore = problems.errors();
    ChosenBackend chosen =
        new ChosenBackend(backend, ChosenPlugin.read(backend, source, List.of(TYPE), problems));
    if (problems.errors() == errorsBefore) {
      return Optional.of(chosen);
    }
    // Nobody reads them later, and what is wrong with them is to be told as well.
    flow.read(backend.flowSettings(), true, Set.of());
    return Optional.empty();
  }

  private String types() {
    return String.join(", ", known.backendTypes());
  }

  private static boolean isEmpty(Json.Member member) {
    return member.value() instanceof Json.Text text && text.value().isEmpty();
  }
}
