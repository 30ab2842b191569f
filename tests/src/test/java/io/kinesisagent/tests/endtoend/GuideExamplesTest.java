package io.kinesisagent.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Deliveries;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the service's guide, as agent.json has them, through the whole agent. */
class GuideExamplesTest {
  private enum Example {
    COMMON_APACHE_LOG(
        "64.242.88.10 - - [07/Mar/2004:16:10:02 -0800]"
            + " \"GET /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291\n",
        "{\"host\":\"64.242.88.10\",\"ident\":null,\"authuser\":null,"
            + "\"datetime\":\"07/Mar/2004:16:10:02 -0800\","
            + "\"request\":\"GET /mailman/listinfo/hsdivision HTTP/1.1\","
            + "\"response\":\"200\",\"bytes\":\"6291\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG"}]}
        """),

    OTHER_FIELD_NAMES(
        "64.242.88.10 - - [07/Mar/2004:16:10:02 -0800]"
            + " \"GET /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291\n",
        "{\"f1\":\"64.242.88.10\",\"f2\":null,\"f3\":null,"
            + "\"f4\":\"07/Mar/2004:16:10:02 -0800\","
            + "\"f5\":\"GET /mailman/listinfo/hsdivision HTTP/1.1\","
            + "\"f6\":\"200\",\"f7\":\"6291\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG",
         "customFieldNames": ["f1", "f2", "f3", "f4", "f5", "f6", "f7"]}]}
        """),

    // The second is whole once the file has not grown for multiLineTimeoutMillis.
    SEVERAL_LINES(
        "[SEQUENCE: 1] {\n  \"command\": \"ls\",\n  \"line\": 2\n}\n[SEQUENCE: 2] {\n}\n",
        "[SEQUENCE: 1] {\"command\": \"ls\",\"line\": 2}\n[SEQUENCE: 2] {}\n",
        """
        {"multiLineStartPattern": "\\\\[SEQUENCE: ", "multiLineTimeoutMillis": 100,
         "dataProcessingOptions": [{"optionName": "SINGLELINE"}]}
        """),

    SEVERAL_LINES_WITH_TABS(
        "[SEQUENCE: 1]\tone\n two\tthree\n[SEQUENCE: 2]\tfour\n",
        """
        {"field1":"[SEQUENCE: 1]","field2":"onetwo","field3":"three"}
        {"field1":"[SEQUENCE: 2]","field2":"four","field3":null}
        """,
        """
        {"multilineStartPattern": "\\\\[SEQUENCE: ", "multiLineTimeoutMillis": 100,
         "dataProcessingOptions": [{"optionName": "SINGLELINE"},
          {"optionName": "CSVTOJSON", "customFieldNames": ["field1", "field2", "field3"],
           "delimiter": "\\\\t"}]}
        """),

    MATCH_PATTERN(
        "123.45.67.89 - fred [27/Oct/2000:09:27:09 -0400] \"GET /java/javaResources.html"
            + " HTTP/1.0\" 200\nno such line\n",
        "{\"host\":\"123.45.67.89\",\"ident\":null,\"authuser\":\"fred\","
            + "\"datetime\":\"27/Oct/2000:09:27:09 -0400\","
            + "\"request\":\"GET /java/javaResources.html HTTP/1.0\",\"response\":\"200\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG",
         "matchPattern":
         "^([\\\\d.]+) (\\\\S+) (\\\\S+) \\\\[([\\\\w:/]+\\\\s[+\\\\-]\\\\d{4})\\\\] \\"(.+?)\\" (\\\\d{3})",
         "customFieldNames": ["host", "ident", "authuser", "datetime", "request", "response"]}]}
        """);

    private final String source;
    private final String expected;
    private final String flowKeys;

    Example(String source, String expected, String flowKeys) {
      this.source = source;
      this.expected = expected;
      this.flowKeys = flowKeys;
    }
  }

  @TempDir Path folder;

  @Test
  void eachGivesWhatTheGuideSays() throws IOException {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.settings();
    for (Example example : Example.values()) {
      Path directory = workspace.delivered().resolve(example.name());
      workspace
          .addFlowToFiles(settings, example + ".log", directory)
          .setAll((ObjectNode) new ObjectMapper().readTree(example.flowKeys));
      Files.writeString(workspace.logs().resolve(example + ".log"), example.source);
    }
    workspace.configure(settings);
    try (AgentProcess agent = AgentProcess.start(workspace)) {
      for (Example example : Example.values()) {
        Deliveries deliveries = new Deliveries(workspace.delivered().resolve(example.name()));
        long bytes = example.expected.getBytes(StandardCharsets.UTF_8).length;
        agent.until(example + " is delivered", Scene.PATIENCE, () -> deliveries.bytes() >= bytes);
      }
      agent.terminateCleanly();
    }
    for (Example example : Example.values()) {
      assertThat(new Deliveries(workspace.delivered().resolve(example.name())).text())
          .as(example.name())
          .isEqualTo(example.expected);
    }
  }
}
