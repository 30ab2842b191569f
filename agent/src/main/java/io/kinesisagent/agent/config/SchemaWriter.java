package io.kinesisagent.agent.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.agent.config.SettingSchema.Absent;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Setting;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the JSON Schema of agent.json from the declarations of the engine and the installed
 * plugins, for editors and for checks elsewhere. Unknown keys are allowed, as the agent allows them
 * with a warning.
 */
public final class SchemaWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PluginCatalog catalog;
  private final KnownKeys known;

  public SchemaWriter(PluginCatalog catalog) {
    this.catalog = catalog;
    this.known = new KnownKeys(catalog);
  }

  /** The schema as a text of several lines with a final newline. */
  public String write() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "agent.json of aws-kinesis-agent");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List<Setting<?>> agentWide = new ArrayList<>(AgentKeys.ALL);
    agentWide.addAll(known.pluginAgentSettings());
    agentWide.addAll(AgentKeys.IGNORED);
    flows(properties.putObject(AgentKeys.FLOWS.name()));
    addAll(agentWide, Absent.NULL_OR_EMPTY, properties);
    addNested(agentWide, properties);
    schema.putObject("definitions").set("flow", flow());
    try {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of nodes is always JSON", e);
    }
  }

  private static void flows(ObjectNode flows) {
    flows.put("description", AgentKeys.FLOWS.description());
    flows.put("type", "array").put("minItems", 1);
    flows.putObject("items").put("$ref", "#/definitions/flow");
  }

  private ObjectNode flow() {
    ObjectNode flow = JSON.createObjectNode();
    flow.put("type", "object");
    ObjectNode properties = flow.putObject("properties");
    List<Setting<?>> settings = new ArrayList<>(FlowKeys.ALL);
    catalog.backends().forEach(backend -> backend.shorthand().ifPresent(settings::add));
    addAll(settings, Absent.NULL_OR_EMPTY, properties);
    ofPlugins(properties);
    addAll(FlowKeys.IGNORED, Absent.NULL_OR_EMPTY, properties);
    settings.addAll(known.pluginFlowSettings());
    addNested(settings, properties);
    properties.set(FlowKeys.DESTINATION.name(), destination());
    properties.set(FlowKeys.DATA_PROCESSING_OPTIONS.name(), processingOptions());
    flow.putArray("required").add(FlowKeys.FILE_PATTERN.name());
    ArrayNode oneOf = flow.putArray("oneOf");
    known.destinations().forEach(key -> given(key, oneOf.addObject()));
    return flow;
  }

  /** That a key is there and says something. */
  private static void given(String key, ObjectNode into) {
    into.putArray("required").add(key);
    into.putObject("properties").putObject(key).putObject("not").putArray("enum").addNull().add("");
  }

  /** A key that several plugins declare may be what any of them says. */
  private void ofPlugins(ObjectNode properties) {
    Map<String, Set<ObjectNode>> declared = new LinkedHashMap<>();
    known
        .plugins()
        .flatMap(plugin -> plugin.flowSettings().stream())
        .forEach(
            setting -> {
              ObjectNode written = JSON.createObjectNode();
              SettingSchema.write(setting, Absent.NULL_OR_EMPTY, written);
              for (String name : KeyedObject.names(List.of(setting))) {
                declared.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(written);
              }
            });
    declared.forEach(
        (name, forms) -> {
          if (forms.size() == 1) {
            properties.set(name, forms.iterator().next());
          } else {
            ArrayNode anyOf = properties.putObject(name).putArray("anyOf");
            forms.forEach(anyOf::add);
          }
        });
  }

  private ObjectNode destination() {
    ObjectNode destination = JSON.createObjectNode();
    destination.put("description", FlowKeys.DESTINATION.description());
    ArrayNode forms = destination.putArray("anyOf");
    ObjectNode object = forms.addObject().put("type", "object");
    SettingSchema.orAbsent(Absent.NULL_OR_EMPTY, destination);
    object.putArray("required").add("type");
    ArrayNode anyOf = object.putArray("anyOf");
    for (BackendPlugin backend : catalog.backends()) {
      ObjectNode own = anyOf.addObject();
      ObjectNode properties = own.putObject("properties");
      SettingSchema.choice(List.of(backend.name()), properties.putObject("type"));
      own(backend, own, properties);
    }
    return destination;
  }

  private ObjectNode processingOptions() {
    ObjectNode options = JSON.createObjectNode();
    options.put("description", FlowKeys.DATA_PROCESSING_OPTIONS.description());
    ArrayNode forms = options.putArray("anyOf");
    ObjectNode items = forms.addObject().put("type", "array").putObject("items");
    SettingSchema.orAbsent(Absent.NULL_OR_EMPTY, options);
    items.put("type", "object");
    String optionName = ProcessorsReader.OPTION_NAME.name();
    items.putArray("required").add(optionName);
    ArrayNode anyOf = items.putArray("anyOf");
    for (Plugin<?> processor : catalog.processors()) {
      ObjectNode object = anyOf.addObject();
      ObjectNode properties = object.putObject("properties");
      SettingSchema.choice(List.of(processor.name()), properties.putObject(optionName));
      own(processor, object, properties);
    }
    ObjectNode properties = anyOf.addObject().putObject("properties");
    SettingSchema.choice(ProcessorsReader.PLUGIN_NAMES, properties.putObject(optionName));
    addAll(
        List.of(ProcessorsReader.CLASS_NAME, ProcessorsReader.NAME),
        Absent.NULL_OR_EMPTY,
        properties);
    return options;
  }

  private static void own(Plugin<?> plugin, ObjectNode object, ObjectNode properties) {
    addAll(plugin.settings(), Absent.NULL, properties);
    List<String> required =
        plugin.settings().stream().filter(Setting::required).map(Setting::name).toList();
    if (!required.isEmpty()) {
      ArrayNode names = object.putArray("required");
      required.forEach(names::add);
    }
  }

  private static void addAll(List<Setting<?>> settings, Absent absent, ObjectNode properties) {
    for (Setting<?> setting : settings) {
      for (String name : KeyedObject.names(List.of(setting))) {
        if (!properties.has(name)) {
          SettingSchema.write(setting, absent, properties.putObject(name));
        }
      }
    }
  }

  /** The nested forms of dotted keys. */
  private static void addNested(List<Setting<?>> settings, ObjectNode properties) {
    for (Setting<?> setting : settings) {
      int dot = setting.name().indexOf('.');
      if (dot > 0) {
        ObjectNode parent = properties.withObjectProperty(setting.name().substring(0, dot));
        parent.put("type", "object");
        SettingSchema.write(
            setting,
            Absent.NULL_OR_EMPTY,
            parent.withObjectProperty("properties").putObject(setting.name().substring(dot + 1)));
      }
    }
  }
}
