package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogToJsonTest {
  private final TestContext context = new TestContext();

  @Test
  void aLineOfAnotherFormatIsUnmatched() {
    Processor processor = create("\"logFormat\":\"SYSLOG\"");
    assertThatThrownBy(() -> Transform.one(processor, "nothing of the kind\n"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.kind()).isEqualTo(ProcessingException.Kind.UNMATCHED));
  }

  @Test
  void aCatastrophicPatternFailsTheRecordAlone() throws ProcessingException {
    Processor processor =
        create("\"logFormat\":\"SYSLOG\",\"matchPattern\":\"(?<all>((x+)x+)+\\\\3y)\"");
    assertThatThrownBy(() -> Transform.one(processor, "x".repeat(60) + "\n"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.kind()).isEqualTo(ProcessingException.Kind.FAILED));
    assertThat(Transform.one(processor, "xxxy\n")).isEqualTo("{\"all\":\"xxxy\"}\n");
  }

  @Test
  void countsWhatCannotBeReadAsItsType() throws ProcessingException {
    Processor processor =
        create(
            "\"logFormat\":\"SYSLOG\",\"matchPattern\":\"(?<a>\\\\S*) (?<b>\\\\S*)\","
                + "\"fieldTypes\":{\"a\":\"integer\",\"b\":\"boolean\"}");
    assertThat(Transform.one(processor, "1 true\n")).isEqualTo("{\"a\":1,\"b\":true}\n");
    assertThat(context.count("field_type_mismatches")).isZero();
    assertThat(Transform.one(processor, "x y\n")).isEqualTo("{\"a\":\"x\",\"b\":\"y\"}\n");
    assertThat(context.count("field_type_mismatches")).isEqualTo(2);
  }

  @Test
  void countsMalformedBytes() throws ProcessingException {
    Processor processor = create("\"logFormat\":\"SYSLOG\"");
    byte[] line =
        "Mar 12 12:00:08 h p: \u00E2\u0082-\u00FF\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(Transform.one(processor, line), StandardCharsets.UTF_8))
        .contains("\"message\":\"\uFFFD-\uFFFD\"");
    assertThat(context.count("malformed_bytes")).isEqualTo(3);
  }

  @Test
  void aWrongCountOfNamesIsToldWithTheFields() {
    assertThatThrownBy(
            () ->
                TestProcessors.create(
                    TestProcessors.MAPPER.readTree(
                        "{\"optionName\":\"LOGTOJSON\",\"logFormat\":\"SYSLOG\","
                            + "\"customFieldNames\":[\"a\"]}"),
                    context))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.setting()).isEqualTo("customFieldNames"))
        .hasMessage(
            "1 names are given, but SYSLOG has 5 fields: timestamp, hostname, program, processid,"
                + " message");
  }

  @Test
  void namedGroupsAreFoundInAnyPattern() {
    NamedGroups groups =
        NamedGroups.of(
            Pattern.compile(
                "(a)\\((?:b)(?<one>c)[(](?<=x)(?<!y)\\Q(?<no>\\E[a[(]&&[^)]](?<two2>(d))(?i:e)"));
    assertThat(groups.names()).isEqualTo(List.of("one", "two2"));
    assertThat(groups.numbers()).isEqualTo(List.of(2, 3));
    assertThat(groups.groupCount()).isEqualTo(4);
  }

  @Test
  void aPatternMayHaveABracketFirstInAClass() throws ProcessingException {
    Processor processor =
        create("\"logFormat\":\"SYSLOG\",\"matchPattern\":\"(?<tag>[^](]+)\\\\((?<rest>.*)\\\\)\"");
    assertThat(Transform.one(processor, "cron(root)\n"))
        .isEqualTo("{\"tag\":\"cron\",\"rest\":\"root\"}\n");
  }

  private Processor create(String settings) {
    return TestProcessors.create("{\"optionName\":\"LOGTOJSON\"," + settings + "}", context);
  }
}
