package io.kinesisagent.processors;

import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code LOGTOJSON}: makes JSON of the lines of well-known logs, or of a pattern's groups. */
public final class LogToJsonPlugin implements ProcessorPlugin {
  private static final System.Logger LOG = System.getLogger(LogToJsonPlugin.class.getName());

  private static final List<String> APACHE_FORMATS =
      List.of("COMMONAPACHELOG", "COMBINEDAPACHELOG", "APACHEERRORLOG");
  private static final Map<String, Supplier<LineFormat>> FORMATS =
      Map.of(
          "COMMONAPACHELOG", ApacheAccessFormat::common,
          "COMBINEDAPACHELOG", ApacheAccessFormat::combined,
          "APACHEERRORLOG", ApacheErrorFormat::new,
          "SYSLOG", SyslogFormat::traditional,
          "RFC3339SYSLOG", SyslogFormat::rfc3339,
          "RFC5424SYSLOG", Rfc5424Format::new,
          "NGINXERRORLOG", NginxErrorFormat::new,
          "ALBACCESSLOG", AlbAccessFormat::new);

  private static final Setting<String> LOG_FORMAT =
      Setting.choice(
              "logFormat",
              List.of(
                  "COMMONAPACHELOG",
                  "COMBINEDAPACHELOG",
                  "APACHEERRORLOG",
                  "SYSLOG",
                  "RFC3339SYSLOG",
                  "RFC5424SYSLOG",
                  "NGINXERRORLOG",
                  "ALBACCESSLOG"),
              "The format of the lines; with matchPattern it only says whether a field that is just"
                  + " - becomes null, as in the Apache formats.")
          .require();
  private static final Setting<Pattern> MATCH_PATTERN =
      Setting.pattern(
          "matchPattern",
          "A regular expression that must match a whole line, in place of the format's own; its"
              + " groups are the fields.");
  private static final Setting<List<String>> CUSTOM_FIELD_NAMES =
      Setting.strings(
          "customFieldNames",
          "The keys of the JSON object: one for each group of matchPattern, in place of the names"
              + " of its named groups, or one for each field of logFormat, in place of its own"
              + " names.");

  @Override
  public String name() {
    return "LOGTOJSON";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        CommonSettings.JSON_FORMAT,
        LOG_FORMAT,
        MATCH_PATTERN,
        CUSTOM_FIELD_NAMES,
        CommonSettings.FIELD_TYPES);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) throws InvalidSettingException {
    LineFormat format =
        settings.isSet(MATCH_PATTERN) ? ofPattern(settings, context) : builtIn(settings);
    List<String> names = format.fieldNames();
    if (settings.isSet(CUSTOM_FIELD_NAMES)) {
      names = settings.get(CUSTOM_FIELD_NAMES);
    }
    String logFormat = settings.get(LOG_FORMAT);
    return new LogToJsonProcessor(
        format,
        APACHE_FORMATS.contains(logFormat),
        new JsonObjectWriter(names, settings, context),
        new UnmatchedSample("LOGTOJSON " + logFormat, context));
  }

  private static LineFormat builtIn(Settings settings) throws InvalidSettingException {
    LineFormat format = FORMATS.get(settings.get(LOG_FORMAT)).get();
    int fields = format.fieldNames().size();
    List<String> names = settings.get(CUSTOM_FIELD_NAMES);
    if (names != null && names.size() != fields) {
      throw new InvalidSettingException(
          CUSTOM_FIELD_NAMES.name(),
          names.size()
              + " names are given, but "
              + settings.get(LOG_FORMAT)
              + " has "
              + fields
              + " fields: "
              + String.join(", ", format.fieldNames()));
    }
    return format;
  }

  private static LineFormat ofPattern(Settings settings, PluginContext context)
      throws InvalidSettingException {
    Pattern pattern = settings.get(MATCH_PATTERN);
    BoundedPattern bounded = new BoundedPattern(pattern, context.clock());
    if (settings.isSet(CUSTOM_FIELD_NAMES)) {
      return named(bounded, settings, context);
    }
    NamedGroups groups = NamedGroups.of(pattern);
    if (groups.names().isEmpty() || groups.groupCount() != bounded.groupCount()) {
      throw new InvalidSettingException(
          CUSTOM_FIELD_NAMES.name(),
          "required with matchPattern: one name for each of its "
              + bounded.groupCount()
              + " groups; or name the groups in the pattern, as in (?<status>\\d+)");
    }
    return new PatternFormat(
        bounded, groups.names(), groups.numbers().stream().mapToInt(Integer::intValue).toArray());
  }

  private static LineFormat named(BoundedPattern pattern, Settings settings, PluginContext context)
      throws InvalidSettingException {
    List<String> names = settings.get(CUSTOM_FIELD_NAMES);
    if (names.size() == pattern.groupCount()) {
      return new PatternFormat(pattern, names, IntStream.rangeClosed(1, names.size()).toArray());
    }
    String problem =
        names.size() + " names are given, but matchPattern has " + pattern.groupCount() + " groups";
    if (!APACHE_FORMATS.contains(settings.get(LOG_FORMAT))) {
      throw new InvalidSettingException(CUSTOM_FIELD_NAMES.name(), problem);
    }
    // Old files with this mistake must go on starting: the reference agent drops every line.
    LOG.log(
        System.Logger.Level.ERROR,
        "flow {0}: {1}; every line is taken for unmatched until they agree",
        context.flow(),
        problem);
    return new NoLineFormat(names);
  }
}
