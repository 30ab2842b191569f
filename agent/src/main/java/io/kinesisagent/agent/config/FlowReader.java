package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.Setting;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one flow after the other; an id that two of them have is an error. One thread. */
final class FlowReader {
  private static final Set<String> MAY_BE_EMPTY =
      Set.of(FlowKeys.TRUNCATED_RECORD_TERMINATOR.name());

  private final KnownKeys known;
  private final AgentReader agent;
  private final Problems problems;
  private final DestinationReader destinations;
  private final ProcessorsReader processors;
  private final FeedbackCheck feedback;
  private final Map<String, Position> ids = new HashMap<>();

  FlowReader(PluginCatalog catalog, KnownKeys known, AgentReader agent, Problems problems) {
    this.known = known;
    this.agent = agent;
    this.problems = problems;
    this.destinations = new DestinationReader(catalog, known, problems);
    this.processors = new ProcessorsReader(catalog, known, problems);
    this.feedback = new FeedbackCheck(agent, problems);
  }

  /** The flow, or nothing where it has an error. */
  Optional<FlowConfig> read(Json.Obj source) {
    int errorsBefore = problems.errors();
    KeyedObject flow = new KeyedObject(source, known.flow(), problems);
    SettingValues values = flow.read(FlowKeys.ALL, true, MAY_BE_EMPTY);
    flow.read(FlowKeys.IGNORED, true, Set.of());
    AgentReader.noteIgnored(flow, FlowKeys.IGNORED, problems);
    Charset encoding = encoding(flow, values);
    checkLineFormat(flow, values, encoding);
    Optional<FileSelection> files =
        new FileSelectionReader(flow, agent.files(), problems).read(values);
    Optional<ChosenBackend> backend = destinations.read(flow);
    List<ChosenPlugin<Processor>> chosen = processors.read(flow);
    files.ifPresent(selection -> feedback.check(selection, flow, backend));
    warnOfKeys(flow, backend, chosen);

    FlowPlugins plugins = new FlowPlugins(flow, agent, problems);
    Optional<String> id = id(values, backend);
    id.ifPresent(found -> refuseControlCharacters(flow, values, found));
    id.filter(found -> files.isPresent()).ifPresent(found -> reportEqualId(flow, found));
    List<PluginChoice<Processor>> processorChoices =
        plugins.processors(chosen, id.orElse("(unknown)"));
    Optional<Destination> destination =
        backend.map(b -> plugins.destination(b, id.orElse("(unknown)"), values));
    SettingValues limited = destination.map(d -> limited(flow, values, d)).orElse(values);
    if (problems.errors() > errorsBefore
        || files.isEmpty()
        || destination.isEmpty()
        || id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FlowConfig(
            id.get(),
            files.get(),
            new FlowSettings(
                limited, encoding, agent.values().get(AgentKeys.LOG_EMIT_INTERNAL_METRICS)),
            destination.get(),
            processorChoices,
            plugins.definition()));
  }

  private Optional<String> id(SettingValues values, Optional<ChosenBackend> backend) {
    String own = values.get(FlowKeys.ID);
    List<String> patterns = values.get(FlowKeys.FILE_PATTERN);
    if (own != null) {
      return Optional.of(own);
    }
    return patterns == null
        ? Optional.empty()
        : backend.map(
            chosen ->
                chosen.plugin().destinationId(chosen.chosen().settings())
                    + ":"
                    + String.join(",", patterns));
  }

  /** An id stands in lines of the log, of the status and of commands. */
  private void refuseControlCharacters(KeyedObject flow, SettingValues values, String id) {
    if (id.chars().noneMatch(Character::isISOControl)) {
      return;
    }
    if (values.isSet(FlowKeys.ID)) {
      refuse(
          flow,
          FlowKeys.ID,
          "must not hold control characters, such as line breaks, but is \"" + id + "\"");
    } else {
      problems.error(
          flow.source(),
          "needs an id: the one made of its destination and pattern holds control characters: \""
              + id
              + "\"");
    }
  }

  private void reportEqualId(KeyedObject flow, String id) {
    Position at =
        flow.member(FlowKeys.ID).map(member -> member.value().at()).orElse(flow.source().at());
    Position first = ids.putIfAbsent(id, at);
    if (first != null) {
      problems.error(
          at,
          flow.source().path(),
          "has the same id as the flow at "
              + first.file()
              + ":"
              + first.line()
              + ": "
              + id
              + "; give one of them another id, or take it out");
    }
  }

  private Charset encoding(KeyedObject flow, SettingValues values) {
    String name = values.get(FlowKeys.ENCODING);
    try {
      Charset charset = Charset.forName(name);
      Newlines.of(charset);
      return charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      flow.member(FlowKeys.ENCODING)
          .ifPresent(
              member ->
                  problems.error(
                      member.value(),
                      "is no known character set: \""
                          + name
                          + "\"; known are UTF-8, UTF-16LE, ISO-8859-1 and others"));
      return StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      flow.member(FlowKeys.ENCODING)
          .ifPresent(
              member ->
                  problems.error(
                      member.value(),
                      "does not say what a newline is: name one with its byte order, such as"
                          + withByteOrder(name)));
      return StandardCharsets.UTF_8;
    }
  }

  private static String withByteOrder(String name) {
    String family = name.toUpperCase(Locale.ROOT).contains("32") ? "UTF-32" : "UTF-16";
    return " " + family + "LE or " + family + "BE";
  }

  /** Container logs are written in UTF-8, and are joined by their own rule. */
  private void checkLineFormat(KeyedObject flow, SettingValues values, Charset encoding) {
    String format = values.get(FlowKeys.LINE_FORMAT);
    if (FlowKeys.LINE_FORMAT.defaultValue().equals(format)) {
      return;
    }
    String reason = "cannot be combined with lineFormat " + format;
    if (!encoding.equals(StandardCharsets.UTF_8)) {
      refuse(flow, FlowKeys.ENCODING, reason + ", whose files are in UTF-8");
    }
    if (values.get(FlowKeys.MULTI_LINE_START_PATTERN) != null) {
      refuse(flow, FlowKeys.MULTI_LINE_START_PATTERN, reason + ", which joins lines by its marks");
    }
  }

  private void refuse(KeyedObject flow, Setting<?> setting, String reason) {
    flow.member(setting).ifPresent(member -> problems.error(member.value(), reason));
  }

  private SettingValues limited(KeyedObject flow, SettingValues values, Destination destination) {
    long most = destination.maxBatchBytes();
    long bytes = values.get(FlowKeys.MAX_BUFFER_SIZE_BYTES);
    if (bytes <= most) {
      return values;
    }
    if (values.isSet(FlowKeys.MAX_BUFFER_SIZE_BYTES)) {
      problems.error(
          flow.member(FlowKeys.MAX_BUFFER_SIZE_BYTES).orElseThrow().value(),
          "is out of range: "
              + bytes
              + "; allowed is 1 to "
              + most
              + " for the destination "
              + destination.type());
    }
    return values.withDefaults(Map.of(FlowKeys.MAX_BUFFER_SIZE_BYTES.name(), most));
  }

  private void warnOfKeys(
      KeyedObject flow, Optional<ChosenBackend> backend, List<ChosenPlugin<Processor>> chosen) {
    flow.warnOfUnknown(
        known.flow(),
        key ->
            known.agent().contains(key)
                ? Optional.of("it is an agent-wide key: put it beside flows")
                : Optional.empty());
    List<Setting<?>> inUse = new ArrayList<>(FlowKeys.ALL);
    backend.ifPresent(found -> inUse.addAll(found.plugin().flowSettings()));
    chosen.forEach(processor -> inUse.addAll(processor.plugin().flowSettings()));
    List<String> names = KeyedObject.names(inUse);
    for (Setting<?> setting : known.pluginFlowSettings()) {
      if (!names.contains(setting.name())) {
        flow.member(setting).ifPresent(member -> warnOfUnused(setting, member, backend));
      }
    }
  }

  private void warnOfUnused(
      Setting<?> setting, Json.Member member, Optional<ChosenBackend> backend) {
    // The ranges of numbers are each destination's own; words are the same for all.
    if (setting.kind() == Setting.Kind.CHOICE && !KeyedObject.isEmpty(member.value())) {
      new ValueReader(problems).read(setting, member.value());
    }
    backend.ifPresent(
        found ->
            problems.warning(
                member.keyAt(),
                member.value().path(),
                "has no effect with the destination " + found.plugin().name()));
  }
}
