package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs files of cases, a JSON object a line: {@code config}, {@code input} and {@code output}, in
 * which a character stands for a byte and null for a dropped record, or {@code error}.
 */
class ProcessorCasesTest {
  @TestFactory
  List<DynamicTest> ownCases() throws IOException {
    try (InputStream cases = getClass().getResourceAsStream("/cases.jsonl")) {
      return tests(new String(cases.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @TestFactory
  List<DynamicTest> sharedCases() throws IOException {
    Path cases =
        Path.of(System.getProperty("project.root", ".."))
            .resolve("../shared/cases/processors.jsonl");
    if (!Files.exists(cases)) {
      String message = "SKIPPED: there are no cases at " + cases.toAbsolutePath().normalize();
      System.out.println(message);
      Assumptions.abort(message);
    }
    return tests(Files.readString(cases));
  }

  private static List<DynamicTest> tests(String lines) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines.lines().filter(l -> !l.isBlank()).toList()) {
      JsonNode testCase = TestProcessors.MAPPER.readTree(line);
      tests.add(dynamicTest(name(testCase), () -> run(testCase)));
    }
    System.out.println(tests.size() + " cases of processors");
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static String name(JsonNode testCase) {
    String name =
        testCase.path("note").asText()
            + " "
            + testCase.path("config")
            + " "
            + testCase.path("input");
    return name.strip();
  }

  private static void run(JsonNode testCase) throws Exception {
    TestContext context = new TestContext();
    Processor processor;
    try {
      processor = TestProcessors.create(testCase.get("config"), context);
    } catch (InvalidSettingException | JsonSettings.InvalidException e) {
      assertThat(testCase.path("error").asBoolean()).as(e.toString()).isTrue();
      return;
    }
    if (testCase.path("error").asBoolean()) {
      fail("the configuration is not refused");
    }
    try (processor) {
      byte[] input = testCase.get("input").asText().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(output(processor, input)).isEqualTo(testCase.get("output").textValue());
    }
  }

  private static String output(Processor processor, byte[] input) throws ProcessingException {
    try {
      return new String(Transform.one(processor, input), StandardCharsets.ISO_8859_1);
    } catch (ProcessingException e) {
      if (e.kind() != ProcessingException.Kind.UNMATCHED) {
        throw e;
      }
      return null;
    }
  }
}
