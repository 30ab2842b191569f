package io.kinesisagent.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Deliveries;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stop in the middle of a record whose bytes on the stream are not those of the file: the next
 * run goes on at the right byte of the source.
 */
class RestartInsideTest {
  @TempDir Path folder;

  private enum Form {
    UTF16LE("encoding", "UTF-16LE", "\ufeffgrüße 😀\nzwei\ndr", "ei ü\nvier\n"),
    UTF16BE("encoding", "UTF-16BE", "\ufeffgrüße 😀\nzwei\ndr", "ei ü\nvier\n"),
    LATIN_1("encoding", "ISO-8859-1", "grüße\nzwéi\ndr", "eiß\nvier\n"),
    CRI(
        "lineFormat",
        "CRI",
        "t1 stdout F grüße\nt2 stdout P zw\nt3 stdout F ei\nt4 stdout P dr",
        "ei \nt5 stderr F da\nt6 stdout F zwischen\nt7 stdout F vier\n"),
    DOCKER(
        "lineFormat",
        "DOCKER",
        "{\"log\":\"gr\\u00fc\",\"stream\":\"stdout\"}\n{\"log\":\"ße\\n\",\"stream\":\"stdout\"}\n"
            + "{\"log\":\"zwei\\n\",\"stream\":\"stdout\"}\n{\"log\":\"dr",
        "ei\",\"stream\":\"stdout\"}\n{\"log\":\" \\t\\n\",\"stream\":\"stdout\"}\n");

    private final String key;
    private final String value;
    private final String first;
    private final String second;

    Form(String key, String value, String first, String second) {
      this.key = key;
      this.value = value;
      this.first = first;
      this.second = second;
    }

    Charset charset() {
      return key.equals("encoding") ? Charset.forName(value) : StandardCharsets.UTF_8;
    }

    String before() {
      return switch (this) {
        case UTF16LE, UTF16BE -> "grüße 😀\nzwei\n";
        case LATIN_1 -> "grüße\nzwéi\n";
        case CRI, DOCKER -> "grüße\nzwei\n";
      };
    }

    String after() {
      return switch (this) {
        case UTF16LE, UTF16BE -> "drei ü\nvier\n";
        case LATIN_1 -> "dreiß\nvier\n";
        case CRI -> "da\ndrei zwischen\nvier\n";
        case DOCKER -> "drei \t\n";
      };
    }
  }

  @Test
  void nothingIsLostRepeatedOrTorn() throws IOException {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.settings();
    for (Form form : Form.values()) {
      workspace
          .addFlowToFiles(settings, form + ".log", delivered(workspace, form))
          .put(form.key, form.value);
    }
    workspace.configure(settings);

    for (Form form : Form.values()) {
      Files.write(workspace.logs().resolve(form + ".log"), form.first.getBytes(form.charset()));
    }
    run(workspace, Form::before);

    for (Form form : Form.values()) {
      Files.write(
          workspace.logs().resolve(form + ".log"),
          form.second.getBytes(form.charset()),
          StandardOpenOption.APPEND);
    }
    run(workspace, form -> form.before() + form.after());
  }

  private static void run(Workspace workspace, Function<Form, String> expected) {
    try (AgentProcess agent = AgentProcess.start(workspace)) {
      for (Form form : Form.values()) {
        Deliveries deliveries = new Deliveries(delivered(workspace, form));
        long bytes = expected.apply(form).getBytes(StandardCharsets.UTF_8).length;
        agent.until(form + " is delivered", Scene.PATIENCE, () -> deliveries.bytes() >= bytes);
      }
      agent.terminateCleanly();
    }
    for (Form form : Form.values()) {
      assertThat(new Deliveries(delivered(workspace, form)).text())
          .as(form.name())
          .isEqualTo(expected.apply(form));
    }
  }

  private static Path delivered(Workspace workspace, Form form) {
    return workspace.delivered().resolve(form.name());
  }
}
