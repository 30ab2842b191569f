package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import org.junit.jupiter.api.Test;

class CsvToJsonTest {
  @Test
  void aCatastrophicDelimiterFailsTheRecordAlone() throws ProcessingException {
    Processor processor =
        TestProcessors.create(
            "{\"optionName\":\"CSVTOJSON\",\"customFieldNames\":[\"a\",\"b\"],"
                + "\"delimiter\":\"((x+)x+)+\\\\2y\"}",
            new TestContext());
    assertThatThrownBy(() -> Transform.one(processor, "x".repeat(60) + "\n"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.kind()).isEqualTo(ProcessingException.Kind.FAILED));
    assertThat(Transform.one(processor, "one xxxxy2\n")).isEqualTo("{\"a\":\"one\",\"b\":\"2\"}\n");
  }
}
