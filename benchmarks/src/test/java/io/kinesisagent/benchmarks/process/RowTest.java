package io.kinesisagent.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void aRatioIsToTheMeanOfTheFloorsBeforeAndAfter() {
    List<String> table =
        Row.table(
                List.of(row("floor", 2000), row("one", 9000), row("floor", 4000), row("two", 9000)))
            .lines()
            .toList();
    assertThat(table.get(2)).startsWith("one").contains(" 9.0 ").contains(" 3.00 ");
    assertThat(table.get(4)).startsWith("two").contains(" 2.25 ");
  }

  @Test
  void withoutAFloorThereIsNoRatio() {
    assertThat(Row.table(List.of(row("one", 9000))).lines().toList().get(1))
        .startsWith("one")
        .doesNotContain("NaN");
  }

  @Test
  void ofWhatRanMoreThanOnceTheMediansAreAtTheEnd() {
    List<Row> rows =
        List.of(
            row("floor", 1000),
            row("one", 9000),
            row("floor", 1000),
            row("one", 3000),
            row("floor", 1000),
            row("one", 2000),
            row("two", 9000));
    List<String> table = Row.table(rows).lines().toList();
    assertThat(table).hasSize(1 + 7 + 2);
    assertThat(table.get(8)).startsWith("floor").contains(" 1.0 ").endsWith("median of 3");
    assertThat(table.get(9)).startsWith("one").contains(" 3.0 ", " 3.00 ").endsWith("median of 3");
  }

  private static Row row(String name, long cpuMillis) {
    return new Row(name, 1_000_000_000, 1, new Cost(cpuMillis, 1 << 20), "");
  }
}
