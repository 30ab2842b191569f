package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Workspace;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TryTest {
  @TempDir Path folder;

  @Test
  void eachLineIsShownAsTheRecordsThatWouldBeSentOrWithTheReasonWhyNot() throws Exception {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ObjectNode option =
        ((ObjectNode) settings.at("/flows/0")).putArray("dataProcessingOptions").addObject();
    option.put("optionName", "LOGTOJSON").put("logFormat", "COMMONAPACHELOG");
    workspace.configure(settings);
    String good = "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.0\" 200 12\n";
    Path sample = Files.writeString(folder.resolve("sample"), good + "nonsense");

    Command tried = Command.run(workspace, "try", sample.toString());
    String out = tried.out();

    assertThat(tried.exit()).isEqualTo(65);
    assertThat(out.lines()).hasSize(2);
    assertThat(out.lines().toList().get(0))
        .startsWith("offset 0, ")
        .contains("{\\\"host\\\":\\\"1.2.3.4\\\"");
    assertThat(out.lines().toList().get(1)).startsWith("offset " + good.length() + ": dropped");
    assertThat(workspace.delivered()).isEmptyDirectory();
    assertThat(workspace.state()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void theLastLineOfASampleNeedsNoNewline(String encoding) throws Exception {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ((ObjectNode) settings.at("/flows/0")).put("encoding", encoding);
    workspace.configure(settings);
    Path sample = folder.resolve("sample");
    Files.write(sample, "one\ntwo".getBytes(Charset.forName(encoding)));

    assertThat(Command.run(workspace, "try", "--raw", sample.toString()).out())
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void recordsThatWouldBeJoinedAreShownOneByOneWithANote() throws Exception {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ObjectNode flow = (ObjectNode) settings.at("/flows/0");
    flow.remove("destination");
    flow.put("kinesisStream", "stream").put("aggregation", "KPL");
    flow.put("aggregatedRecordSizeBytes", 30_000);
    settings.put("kinesis.region", "us-east-1");
    workspace.configure(settings);
    Path sample = Files.writeString(folder.resolve("sample"), "one\ntwo\n");

    assertThat(Command.run(workspace, "try", sample.toString()).out().lines())
        .containsExactly(
            "offset 0, 4 bytes: \"one\\n\"",
            "offset 4, 4 bytes: \"two\\n\"",
            "note: when they are sent, they are joined (KPL) into records of 30000 bytes at most,"
                + " where each is not longer by itself");
    assertThat(Command.run(workspace, "try", "--raw", sample.toString()).out())
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void aSampleThatIsNotThereIsSaidInOneLine() {
    Workspace workspace = new Workspace(folder);
    workspace.configure(workspace.toFiles("app*"));
    Path none = folder.resolve("none");
    Command tried = Command.run(workspace, "try", none.toString());
    assertThat(tried.exit()).isEqualTo(74);
    assertThat(tried.err()).isEqualTo("try: cannot use the file " + none + ": there is none\n");
  }

  @Test
  void aSampleThatIsNoFileIsSaidInOneLine() {
    Workspace workspace = new Workspace(folder);
    workspace.configure(workspace.toFiles("app*"));
    Command tried = Command.run(workspace, "try", folder.toString());
    assertThat(tried.exit()).isEqualTo(74);
    assertThat(tried.err()).isEqualTo("try: cannot use the file " + folder + ": Is a directory\n");
  }
}
