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
  private static final String COMMON =
      "64.242.88.10 - - [07/Mar/2004:16:10:02 -0800]"
          + " \"GET /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291\n";

  @TempDir Path folder;

  @Test
  void anApacheCommonLogBecomesJson() throws IOException {
    assertBecomes(
        COMMON,
        "{\"host\":\"64.242.88.10\",\"ident\":null,\"authuser\":null,"
            + "\"datetime\":\"07/Mar/2004:16:10:02 -0800\","
            + "\"request\":\"GET /mailman/listinfo/hsdivision HTTP/1.1\","
            + "\"response\":\"200\",\"bytes\":\"6291\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG"}]}
        """);
  }

  @Test
  void itsFieldsHaveOtherNames() throws IOException {
    assertBecomes(
        COMMON,
        "{\"f1\":\"64.242.88.10\",\"f2\":null,\"f3\":null,"
            + "\"f4\":\"07/Mar/2004:16:10:02 -0800\","
            + "\"f5\":\"GET /mailman/listinfo/hsdivision HTTP/1.1\","
            + "\"f6\":\"200\",\"f7\":\"6291\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG",
         "customFieldNames": ["f1", "f2", "f3", "f4", "f5", "f6", "f7"]}]}
        """);
  }

  @Test
  void aRecordOfSeveralLinesBecomesOneLine() throws IOException {
    // The second is whole once the file has not grown for multiLineTimeoutMillis.
    assertBecomes(
        "[SEQUENCE: 1] {\n  \"command\": \"ls\",\n  \"line\": 2\n}\n[SEQUENCE: 2] {\n}\n",
        "[SEQUENCE: 1] {\"command\": \"ls\",\"line\": 2}\n[SEQUENCE: 2] {}\n",
        """
        {"multiLineStartPattern": "\\\\[SEQUENCE: ", "multiLineTimeoutMillis": 100,
         "dataProcessingOptions": [{"optionName": "SINGLELINE"}]}
        """);
  }

  @Test
  void aRecordOfSeveralLinesIsSplitAtTabs() throws IOException {
    assertBecomes(
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
        """);
  }

  @Test
  void aPatternOfTheUsersOwnIsMatched() throws IOException {
    assertBecomes(
        "123.45.67.89 - fred [27/Oct/2000:09:27:09 -0400] \"GET /java/javaResources.html"
            + " HTTP/1.0\" 200\nno such line\n",
        "{\"host\":\"123.45.67.89\",\"ident\":\"-\",\"authuser\":\"fred\","
            + "\"datetime\":\"27/Oct/2000:09:27:09 -0400\","
            + "\"request\":\"GET /java/javaResources.html HTTP/1.0\",\"response\":\"200\"}\n",
        """
        {"dataProcessingOptions": [{"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG",
         "matchPattern":
         "^([\\\\d.]+) (\\\\S+) (\\\\S+) \\\\[([\\\\w:/]+\\\\s[+\\\\-]\\\\d{4})\\\\] \\"(.+?)\\" (\\\\d{3})",
         "customFieldNames": ["host", "ident", "authuser", "datetime", "request", "response"]}]}
        """);
  }

  private void assertBecomes(String source, String expected, String flowKeys) throws IOException {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ((ObjectNode) settings.at("/flows/0"))
        .setAll((ObjectNode) new ObjectMapper().readTree(flowKeys));
    workspace.configure(settings);
    Files.writeString(workspace.logs().resolve("app.log"), source);
    Deliveries deliveries = new Deliveries(workspace.delivered());
    try (AgentProcess agent = AgentProcess.start(workspace)) {
      long bytes = expected.getBytes(StandardCharsets.UTF_8).length;
      agent.until("it is delivered", Scene.PATIENCE, () -> deliveries.bytes() >= bytes);
      agent.terminateCleanly();
    }
    assertThat(deliveries.text()).isEqualTo(expected);
  }
}
