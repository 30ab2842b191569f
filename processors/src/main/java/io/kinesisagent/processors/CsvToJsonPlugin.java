package io.kinesisagent.processors;

import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code CSVTOJSON}: makes JSON of the fields of a line. */
public final class CsvToJsonPlugin implements ProcessorPlugin {
  private static final Setting<List<String>> CUSTOM_FIELD_NAMES =
      Setting.strings(
              "customFieldNames",
              "The keys of the JSON object, one for each field of a line; missing fields are null,"
                  + " further ones are left out.")
          .require();
  private static final Setting<String> DELIMITER =
      Setting.string(
              "delimiter",
              "What stands between fields: one character, the escape of one such as \\t, or a"
                  + " regular expression.")
          .defaultTo(",");
  private static final Setting<String> QUOTE =
      Setting.string(
          "quote",
          "The character around fields that hold delimiters, quotes or newlines, as in RFC 4180;"
              + " without it no character is special.");
  private static final Setting<Boolean> TRIM_FIELDS =
      Setting.bool("trimFields", "Whether blanks around fields are left out.").defaultTo(true);

  private static final String META_CHARACTERS = "\\[](){}^$.|?*+";
  private static final String ESCAPES = "t\tn\nr\rf\fa\u0007e\u001B";

  @Override
  public String name() {
    return "CSVTOJSON";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        CommonSettings.JSON_FORMAT,
        CUSTOM_FIELD_NAMES,
        DELIMITER,
        QUOTE,
        TRIM_FIELDS,
        CommonSettings.FIELD_TYPES);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) throws InvalidSettingException {
    List<String> names = settings.get(CUSTOM_FIELD_NAMES);
    if (names.isEmpty()) {
      throw new InvalidSettingException(
          CUSTOM_FIELD_NAMES.name(), "at least one field must be named");
    }
    JsonObjectWriter writer = new JsonObjectWriter(names, settings, context);
    return new CsvToJsonProcessor(splitter(settings, context), names.size(), writer);
  }

  private static FieldSplitter splitter(Settings settings, PluginContext context)
      throws InvalidSettingException {
    String delimiter = settings.get(DELIMITER);
    if (delimiter.isEmpty()) {
      throw new InvalidSettingException(DELIMITER.name(), "must not be empty");
    }
    boolean trim = settings.get(TRIM_FIELDS);
    Optional<String> literal = literal(delimiter);
    String quote = settings.get(QUOTE);
    if (quote != null && !quote.isEmpty()) {
      return quoted(literal, quote, trim);
    }
    if (literal.isPresent()) {
      return new DelimitedSplitter(new TextDelimiter(utf8(literal.get())), trim);
    }
    try {
      Pattern pattern = Pattern.compile(delimiter);
      return new DelimitedSplitter(
          new PatternDelimiter(new BoundedPattern(pattern, context.clock())), trim);
    } catch (PatternSyntaxException e) {
      throw new InvalidSettingException(
          DELIMITER.name(),
          "is longer than one character and no regular expression: " + e.getDescription());
    }
  }

  private static FieldSplitter quoted(Optional<String> delimiter, String quote, boolean trim)
      throws InvalidSettingException {
    if (quote.codePointCount(0, quote.length()) != 1) {
      throw new InvalidSettingException(QUOTE.name(), "must be one character");
    }
    if (delimiter.isEmpty()) {
      throw new InvalidSettingException(
          DELIMITER.name(), "cannot be a regular expression where quote is set");
    }
    if (delimiter.get().equals(quote)) {
      throw new InvalidSettingException(QUOTE.name(), "must not be the delimiter");
    }
    return new QuotedSplitter(utf8(delimiter.get()), utf8(quote), trim);
  }

  /** The text that a delimiter always is, unless it needs a regular expression. */
  private static Optional<String> literal(String delimiter) {
    if (delimiter.codePointCount(0, delimiter.length()) == 1) {
      return Optional.of(delimiter);
    }
    if (delimiter.length() == 2 && delimiter.charAt(0) == '\\') {
      char escaped = delimiter.charAt(1);
      int known = ESCAPES.indexOf(escaped);
      if (known >= 0 && known % 2 == 0) {
        return Optional.of(ESCAPES.substring(known + 1, known + 2));
      }
      return Character.isLetterOrDigit(escaped)
          ? Optional.empty()
          : Optional.of(String.valueOf(escaped));
    }
    boolean plain = delimiter.chars().noneMatch(c -> META_CHARACTERS.indexOf(c) >= 0);
    return plain ? Optional.of(delimiter) : Optional.empty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
