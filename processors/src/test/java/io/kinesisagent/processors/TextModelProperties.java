package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The processors do to bytes what a few lines of String code do to the decoded text. */
@SuppressWarnings("StringSplitter") // its behaviour is the model
class TextModelProperties {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Property
  void jsonStringsAreJacksons(@ForAll("bytes") byte[] bytes) throws JsonProcessingException {
    MutableBytes out = new MutableBytes(1);
    JsonText.appendString(bytes, 0, bytes.length, out);
    assertThat(text(Arrays.copyOf(out.array(), out.length())))
        .isEqualTo(TestProcessors.MAPPER.writeValueAsString(text(bytes)));
  }

  @Property
  void singleLineTrimsAndJoins(@ForAll("bytes") byte[] bytes) throws ProcessingException {
    Processor processor =
        TestProcessors.create("{\"optionName\":\"SINGLELINE\"}", new TestContext());
    String expected =
        Arrays.stream(text(bytes).split("\n")).map(String::trim).collect(Collectors.joining());
    assertThat(text(Transform.one(processor, bytes))).isEqualTo(expected + "\n");
  }

  @Property
  void singleLineEscapesNewLines(@ForAll("bytes") byte[] bytes) throws ProcessingException {
    Processor processor =
        TestProcessors.create(
            "{\"optionName\":\"SINGLELINE\",\"parseOptions\":[\"NO_TRIM\",\"ESCAPE_NEW_LINE\"]}",
            new TestContext());
    String expected = String.join("\\\\n", text(bytes).split("\n"));
    assertThat(text(Transform.one(processor, bytes))).isEqualTo(expected + "\n");
  }

  @Property
  void csvSplitsAsStringsDo(@ForAll("bytes") byte[] bytes, @ForAll("delimiters") String delimiter)
      throws ProcessingException, JsonProcessingException {
    Processor processor =
        TestProcessors.create(
            "{\"optionName\":\"CSVTOJSON\",\"customFieldNames\":[\"a\",\"b\",\"c\"],"
                + "\"trimFields\":false,\"delimiter\":"
                + TestProcessors.MAPPER.writeValueAsString(delimiter)
                + "}",
            new TestContext());
    String line = text(bytes);
    // An empty match between the halves of such a character breaks the string's, not ours.
    Assume.that(!delimiter.equals("x*") || !line.contains("😀"));
    line = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    String regex = delimiter.length() == 1 ? Pattern.quote(delimiter) : delimiter;
    String[] fields = line.split(regex);
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      expected.put(NAMES.get(i), i < fields.length ? fields[i] : null);
    }
    assertThat(text(Transform.one(processor, bytes)))
        .as("%s split at %s", Arrays.toString(bytes), delimiter)
        .isEqualTo(TestProcessors.MAPPER.writeValueAsString(expected) + "\n");
  }

  @Property
  void quotedCsvReadsBackWhatWasQuoted(@ForAll("fields") List<String> fields, @ForAll boolean crlf)
      throws Exception {
    Processor processor =
        TestProcessors.create(
            "{\"optionName\":\"CSVTOJSON\",\"customFieldNames\":[\"a\",\"b\",\"c\"],"
                + "\"quote\":\"\\\"\"}",
            new TestContext());
    String line =
        fields.stream()
            .map(field -> '"' + field.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(",", "", crlf ? "\r\n" : "\n"));
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      expected.put(NAMES.get(i), i < fields.size() ? fields.get(i) : null);
    }
    assertThat(Transform.one(processor, line))
        .isEqualTo(TestProcessors.MAPPER.writeValueAsString(expected) + "\n");
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "a",
            "bc",
            "long enough for eight",
            ",",
            ",",
            "\n",
            "\n",
            " ",
            "\t",
            "\r",
            "\"",
            "\\",
            "|",
            "::",
            "é",
            "€",
            "😀",
            "\u0001",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u00e9".repeat(9));
    Arbitrary<byte[]> text = parts.map(part -> part.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> malformed =
        Arbitraries.bytes().map(value -> new byte[] {(byte) (value | 0x80)});
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, text), net.jqwik.api.Tuple.of(1, malformed))
        .list()
        .ofMaxSize(20)
        .map(TextModelProperties::joined);
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.of(
        ",", "\t", "|", "é", "😀a|,", "::", "[,|]", "\\s+", ",\\s*", "(?=b)", "x*");
  }

  @Provide
  Arbitrary<List<String>> fields() {
    return Arbitraries.of("", "a", " b ", "x,y", "\"", "q\"\"r", "\n", "é", "\\", "\r")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static byte[] joined(List<byte[]> parts) {
    MutableBytes all = new MutableBytes(64);
    parts.forEach(all::append);
    return Arrays.copyOf(all.array(), all.length());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
