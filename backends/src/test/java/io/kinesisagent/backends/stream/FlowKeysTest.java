package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowKeysTest {
  @ParameterizedTest
  @CsvSource({"FIELD, partitionKeyField", "CONSTANT, partitionKey"})
  void anOptionWithoutTheKeyThatItNeedsIsWhatIsWrong(String option, String needed) {
    Settings flow =
        TestPlugins.settings(
            List.of(
                FlowKeys.PARTITION_KEY_OPTION,
                FlowKeys.PARTITION_KEY_FIELD,
                FlowKeys.PARTITION_KEY),
            Map.of("partitionKeyOption", option));
    assertThatThrownBy(() -> FlowKeys.partitionKeys(flow))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.setting()).isEqualTo("partitionKeyOption"))
        .hasMessageStartingWith(option + " needs " + needed);
  }
}
