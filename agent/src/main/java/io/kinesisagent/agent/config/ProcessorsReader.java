package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the processors of a flow. One thread. */
final class ProcessorsReader {
  /** The reference agent's own spelling is kept. */
  static final List<String> PLUGIN_NAMES = List.of("PLUGIN", "USINGPLUGGIN");

  static final Setting<String> OPTION_NAME =
      Setting.string("optionName", "Which processor it is.").require();
  static final Setting<String> JSON_FORMAT =
      Setting.choice(
              "jsonFormat",
              List.of("COMPACT", "PRETTYPRINT"),
              "How JSON is written: on one line, or on several.")
          .defaultTo("COMPACT");
  static final Setting<String> CLASS_NAME =
      Setting.string(
          "className",
          "The class of the plugin: a ProcessorPlugin or a Processor, public, with a public"
              + " constructor without arguments.");
  static final Setting<String> NAME =
      Setting.string("name", "The name of an installed processor, in place of className.");

  private static final List<String> COMMON = List.of(OPTION_NAME.name(), JSON_FORMAT.name());

  private final PluginCatalog catalog;
  private final KnownKeys known;
  private final Problems problems;

  ProcessorsReader(PluginCatalog catalog, KnownKeys known, Problems problems) {
    this.catalog = catalog;
    this.known = known;
    this.problems = problems;
  }

  /** The flow's processors in order; one that has an error is left out. */
  List<ChosenPlugin<Processor>> read(KeyedObject flow) {
    List<ChosenPlugin<Processor>> chosen = new ArrayList<>();
    Optional<Json.Member> member =
        flow.member(FlowKeys.DATA_PROCESSING_OPTIONS)
            .filter(given -> !KeyedObject.isEmpty(given.value()));
    if (member.isEmpty()) {
      return chosen;
    }
    if (!(member.get().value() instanceof Json.Array array)) {
      problems.error(
          member.get().value(),
          "must be an array of objects, but is " + member.get().value().kind());
      return chosen;
    }
    for (Json item : array.items()) {
      if (item instanceof Json.Obj option) {
        int errorsBefore = problems.errors();
        Optional<ChosenPlugin<Processor>> read = option(option);
        if (problems.errors() == errorsBefore) {
          read.ifPresent(chosen::add);
        }
      } else {
        problems.error(item, "must be an object with the key optionName; is " + item.kind());
      }
    }
    return chosen;
  }

  private Optional<ChosenPlugin<Processor>> option(Json.Obj source) {
    Json.Member optionName = source.members().get(OPTION_NAME.name());
    if (optionName == null) {
      problems.error(source, "lacks the required key optionName: one of " + optionNames());
      return Optional.empty();
    }
    Setting<String> choice = Setting.choice(OPTION_NAME.name(), optionNameList(), "");
    Optional<Object> name = new ValueReader(problems).read(choice, optionName.value());
    Json.Member format = source.members().get(JSON_FORMAT.name());
    if (format != null && !(format.value() instanceof Json.Null)) {
      new ValueReader(problems).read(JSON_FORMAT, format.value());
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessorPlugin> named = catalog.processor((String) name.get());
    return named.isPresent()
        ? Optional.of(ChosenPlugin.read(named.get(), source, COMMON, problems))
        : plugin(source);
  }

  private Optional<ChosenPlugin<Processor>> plugin(Json.Obj source) {
    List<Setting<?>> own = List.of(CLASS_NAME, NAME);
    KeyedObject object = new KeyedObject(source, KeyedObject.names(own), problems);
    SettingValues values = object.read(own, true, Set.of());
    String className = values.get(CLASS_NAME);
    String name = values.get(NAME);
    if (className == null && name == null) {
      problems.error(source, "lacks className, or name: one of " + installed());
      return Optional.empty();
    }
    Optional<Plugin<Processor>> plugin =
        className == null
            ? byName(name, object.member(NAME).orElseThrow().value())
            : byClass(className, object.member(CLASS_NAME).orElseThrow().value());
    return plugin.map(found -> configured(found, source));
  }

  private ChosenPlugin<Processor> configured(Plugin<Processor> plugin, Json.Obj source) {
    if (plugin.settings().isEmpty()) {
      return ChosenPlugin.readUnchecked(plugin, new KeyedObject(source, List.of(), problems));
    }
    List<String> common = new ArrayList<>(COMMON);
    common.addAll(List.of(CLASS_NAME.name(), NAME.name()));
    return ChosenPlugin.read(plugin, source, common, problems);
  }

  private Optional<Plugin<Processor>> byName(String name, Json at) {
    Optional<ProcessorPlugin> plugin = catalog.processor(name);
    if (plugin.isEmpty()) {
      problems.error(
          at, "is no installed processor: \"" + name + "\"; installed are " + installed());
    }
    return plugin.map(found -> found);
  }

  private Optional<Plugin<Processor>> byClass(String className, Json at) {
    try {
      Class<?> type = catalog.loadClass(className);
      if (ProcessorPlugin.class.isAssignableFrom(type)) {
        return Optional.of((ProcessorPlugin) type.getConstructor().newInstance());
      }
      if (Processor.class.isAssignableFrom(type)) {
        return Optional.of(new PlainProcessor(type.asSubclass(Processor.class).getConstructor()));
      }
      problems.error(
          at, "names a class that is neither a ProcessorPlugin nor a Processor: " + className);
    } catch (ClassNotFoundException e) {
      problems.error(
          at,
          "names a class that is not installed: "
              + className
              + "; put its jar into the plugins directory");
    } catch (ReflectiveOperationException | LinkageError e) {
      problems.error(
          at,
          "names a class that cannot be used: "
              + className
              + "; it must be public with a public constructor without arguments ("
              + e
              + ")");
    }
    return Optional.empty();
  }

  private List<String> optionNameList() {
    return Stream.concat(known.processorNames().stream(), PLUGIN_NAMES.stream())
        .distinct()
        .toList();
  }

  private String optionNames() {
    return String.join(", ", optionNameList());
  }

  private String installed() {
    return String.join(", ", known.processorNames());
  }
}
