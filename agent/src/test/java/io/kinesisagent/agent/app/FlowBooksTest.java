package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.tail.SampleTail;
import io.kinesisagent.agent.tail.Tail;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowBooksTest {
  @Test
  void ofManyFilesThoseThatAreBehindAreShownFirst() {
    List<Tail> files = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      files.add(SampleTail.of("/logs/at-rest-" + i + ".log"));
    }
    Tail little = SampleTail.behind(SampleTail.of("/logs/little.log"), 10);
    Tail much = SampleTail.behind(SampleTail.of("/logs/much.log"), 10_000);
    files.add(little);
    files.add(much);
    assertThat(FlowBooks.shown(files)).hasSize(100).startsWith(much, little);
  }

  @Test
  void fewFilesAreShownInTheOrderOfTheirNames() {
    Tail a = SampleTail.of("/logs/a.log");
    Tail b = SampleTail.of("/logs/b.log");
    assertThat(FlowBooks.shown(List.of(b, a))).containsExactly(a, b);
  }
}
