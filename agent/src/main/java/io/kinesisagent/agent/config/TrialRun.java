package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes the plugins of a flow once and closes them again, so that what only they can find wrong in
 * their settings is found while the configuration is read. One thread.
 */
final class TrialRun {
  private final KeyedObject flow;
  private final KeyedObject agent;
  private final Problems problems;

  TrialRun(KeyedObject flow, KeyedObject agent, Problems problems) {
    this.flow = flow;
    this.agent = agent;
    this.problems = problems;
  }

  void processor(ChosenPlugin<Processor> chosen, PluginChoice<Processor> choice) {
    make(chosen, choice).ifPresent(Processor::close);
  }

  /**
   * Also holds the flow's truncated record terminator against the backend's limits.
   *
   * @return the most bytes of a record's own data; 0 where the backend cannot be made
   */
  int backend(ChosenPlugin<Backend> chosen, PluginChoice<Backend> choice, SettingValues values) {
    Optional<Backend> made = make(chosen, choice);
    if (made.isEmpty()) {
      return 0;
    }
    try (Backend backend = made.get()) {
      int maxDataBytes = backend.limits().maxDataBytes();
      checkTerminator(maxDataBytes, values);
      return maxDataBytes;
    }
  }

  private void checkTerminator(int maxDataBytes, SettingValues values) {
    int length =
        values.get(FlowKeys.TRUNCATED_RECORD_TERMINATOR).getBytes(StandardCharsets.UTF_8).length;
    if (length >= maxDataBytes) {
      problems.error(
          flow.member(FlowKeys.TRUNCATED_RECORD_TERMINATOR)
              .map(Json.Member::value)
              .orElse(flow.source()),
          "must be shorter than the record limit of " + maxDataBytes + " bytes, but has " + length);
    }
  }

  private <T> Optional<T> make(ChosenPlugin<T> chosen, PluginChoice<T> choice) {
    try {
      return Optional.of(choice.create(PluginServices.forTrial()));
    } catch (InvalidSettingException e) {
      Optional<Json> given = given(e.setting(), chosen.object());
      if (given.isEmpty() || !problems.isReported(given.get().at())) {
        problems.error(
            given.orElseGet(() -> objectOf(e.setting(), chosen).source()), e.getMessage());
      }
    } catch (RuntimeException | LinkageError e) {
      problems.error(
          chosen.object().source(),
          "the plugin " + chosen.plugin().name() + " cannot be made: " + e);
    }
    return Optional.empty();
  }

  private Optional<Json> given(String setting, KeyedObject own) {
    return own.member(setting)
        .or(() -> flow.member(setting))
        .or(() -> agent.member(setting))
        .map(Json.Member::value);
  }

  /** The object in which a setting that is not given would stand. */
  private KeyedObject objectOf(String setting, ChosenPlugin<?> chosen) {
    if (KeyedObject.names(chosen.plugin().settings()).contains(setting)) {
      return chosen.object();
    }
    if (KeyedObject.names(chosen.plugin().flowSettings()).contains(setting)) {
      return flow;
    }
    return KeyedObject.names(chosen.plugin().agentSettings()).contains(setting)
        ? agent
        : chosen.object();
  }
}
