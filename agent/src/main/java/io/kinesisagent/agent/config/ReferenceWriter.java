package io.kinesisagent.agent.config;

import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the reference page of agent.json from the declarations of the engine and the installed
 * plugins. The prose around the tables is a resource beside this class.
 */
public final class ReferenceWriter {
  private final PluginCatalog catalog;
  private final KnownKeys known;
  private final StringBuilder page = new StringBuilder();

  public ReferenceWriter(PluginCatalog catalog) {
    this.catalog = catalog;
    this.known = new KnownKeys(catalog);
  }

  /** The page in Markdown. */
  public String write() {
    page.setLength(0);
    page.append(resource("reference-introduction.md"));
    agentWideKeys();
    flowKeys();
    destinations();
    processingOptions();
    page.append('\n').append(resource("reference-differences.md"));
    return page.toString();
  }

  private void agentWideKeys() {
    heading(2, "Agent-wide keys");
    table(List.of(AgentKeys.FLOWS));
    AgentKeys.GROUPS.forEach(
        (title, keys) -> {
          heading(3, title);
          table(keys);
        });
    List<String> engine = KeyedObject.names(AgentKeys.ALL);
    Map<String, List<Setting<?>>> byOwners = new LinkedHashMap<>();
    for (Setting<?> setting : known.pluginAgentSettings()) {
      if (!engine.contains(setting.name())) {
        byOwners.computeIfAbsent(owners(setting), owner -> new ArrayList<>()).add(setting);
      }
    }
    byOwners.forEach(
        (owners, keys) -> {
          heading(3, "For " + owners);
          table(keys);
        });
    ignored(AgentKeys.IGNORED);
  }

  private void flowKeys() {
    heading(2, "Keys of a flow");
    List<Setting<?>> composed = List.of(FlowKeys.DESTINATION, FlowKeys.DATA_PROCESSING_OPTIONS);
    FlowKeys.GROUPS.forEach(
        (title, keys) -> {
          heading(3, title);
          table(keys);
        });
    heading(3, "Destination and processing");
    List<Setting<?>> chosen = new ArrayList<>();
    catalog.backends().forEach(backend -> backend.shorthand().ifPresent(chosen::add));
    chosen.addAll(composed);
    table(chosen);
    ignored(FlowKeys.IGNORED);
  }

  private void destinations() {
    heading(2, "Destinations");
    page.append(
        "\nA flow names its destination with a key of its own or with an object `destination`."
            + " Beside that, some destinations have keys of their own in the flow.\n");
    for (BackendPlugin backend : catalog.backends()) {
      heading(3, code(backend.name()));
      backend
          .shorthand()
          .ifPresent(
              key ->
                  page.append("\nShort form: `\"")
                      .append(key.name())
                      .append("\": …` for `\"destination\": {\"type\": \"")
                      .append(backend.name())
                      .append("\", \"")
                      .append(backend.shorthandFor())
                      .append("\": …}`.\n"));
      page.append("\n`maxBufferSizeBytes` may be at most ")
          .append(backend.maxBatchBytes())
          .append(".\n");
      keysOf(backend, "Keys of the object, beside `type`:", "Keys of the flow:");
    }
  }

  private void processingOptions() {
    heading(2, "Processing options");
    page.append("\nEach object of `dataProcessingOptions` names its processor by `optionName`.\n");
    for (ProcessorPlugin processor : catalog.processors()) {
      heading(3, code(processor.name()));
      keysOf(processor, "", "Keys of the flow:");
    }
    heading(
        3,
        ProcessorsReader.PLUGIN_NAMES.stream()
            .map(ReferenceWriter::code)
            .collect(Collectors.joining(", ")));
    page.append("\nThe rest of the object is handed to the plugin.\n");
    table(List.of(ProcessorsReader.CLASS_NAME, ProcessorsReader.NAME));
  }

  private void keysOf(Plugin<?> plugin, String own, String ofFlow) {
    if (plugin.settings().isEmpty()) {
      page.append("\nNo keys of its own.\n");
    } else {
      page.append(own.isEmpty() ? "" : "\n" + own + "\n");
      table(plugin.settings());
    }
    if (!plugin.flowSettings().isEmpty()) {
      page.append('\n').append(ofFlow).append('\n');
      table(plugin.flowSettings());
    }
  }

  private void ignored(List<Setting<?>> settings) {
    page.append("\nAccepted from older files, without effect: ")
        .append(settings.stream().map(s -> code(s.name())).collect(Collectors.joining(", ")))
        .append(".\n");
  }

  private String owners(Setting<?> setting) {
    return known
        .plugins()
        .filter(plugin -> KeyedObject.names(plugin.agentSettings()).contains(setting.name()))
        .map(plugin -> code(plugin.name()))
        .collect(Collectors.joining(", "));
  }

  private void heading(int level, String title) {
    page.append('\n').append("#".repeat(level)).append(' ').append(title).append('\n');
  }

  private void table(List<Setting<?>> settings) {
    page.append("\n| key | type, range | default | meaning |\n|---|---|---|---|\n");
    for (Setting<?> setting : settings) {
      page.append("| ")
          .append(
              KeyedObject.names(List.of(setting)).stream()
                  .map(ReferenceWriter::code)
                  .collect(Collectors.joining(", also ")))
          .append(" | ")
          .append(SettingText.type(setting))
          .append(" | ")
          .append(SettingText.defaultOf(setting))
          .append(" | ")
          .append(setting.description().replace("|", "\\|"))
          .append(" |\n");
    }
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String resource(String name) {
    try (InputStream in = ReferenceWriter.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
