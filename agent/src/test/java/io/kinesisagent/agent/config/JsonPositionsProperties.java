package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every value knows exactly where it starts, whatever stands between the values. */
class JsonPositionsProperties {
  private static final List<String> BETWEEN =
      List.of("", " ", "\n", "\t", "// note\n", "# note ü\n", "/* a\n b */", "\r\n", "  ");

  /** A text, and where in it each scalar starts. */
  private static final class Document {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();

    Document(long seed) {
      random = new Random(seed);
      items('{', '}', 0);
      between();
    }

    private void value(int depth) {
      between();
      int kind = random.nextInt(depth > 3 ? 3 : 5);
      if (kind < 3) {
        starts.add(text.length());
      }
      switch (kind) {
        case 0 -> text.append("\"ü\\n").append(random.nextInt(100)).append('"');
        case 1 -> text.append(random.nextInt());
        case 2 -> text.append(random.nextBoolean() ? "true" : "null");
        case 3 -> items('[', ']', depth);
        default -> items('{', '}', depth);
      }
    }

    private void items(char open, char close, int depth) {
      text.append(open);
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        if (open == '{') {
          between();
          text.append("\"key").append(i).append('"');
          between();
          text.append(':');
        }
        value(depth + 1);
        between();
        text.append(i < count - 1 || random.nextBoolean() ? "," : "");
      }
      between();
      text.append(close);
    }

    private void between() {
      text.append(BETWEEN.get(random.nextInt(BETWEEN.size())));
    }
  }

  @Property
  void scalarsKnowWhereTheyStart(@ForAll long seed) {
    Document document = new Document(seed);
    SourceText source = new SourceText(Path.of("agent.json"), document.text.toString());
    Problems problems = new Problems();
    Json json = JsonReader.read(source, problems).orElseThrow(() -> failed(source, problems));
    List<Position> found = new ArrayList<>();
    collect(json, found);
    assertThat(found).isEqualTo(document.starts.stream().map(source::positionOf).toList());
  }

  private static AssertionError failed(SourceText source, Problems problems) {
    return new AssertionError(problems.sorted(List.of()) + " in " + source.text());
  }

  private static void collect(Json json, List<Position> into) {
    if (json instanceof Json.Obj object) {
      object.members().values().forEach(member -> collect(member.value(), into));
    } else if (json instanceof Json.Array array) {
      array.items().forEach(item -> collect(item, into));
    } else {
      into.add(json.at());
    }
  }
}
