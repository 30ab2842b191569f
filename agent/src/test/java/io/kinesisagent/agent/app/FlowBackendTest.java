package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.agent.config.PluginChoice;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.SendResult;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FlowBackendTest implements Plugin<Backend>, Backend {
  private final FlowBackend backend =
      new FlowBackend(
          new PluginChoice<>(this, null, null, null, "flow"), PluginServices.forTrial("test"));
  private int failures = 2;
  private int prepared;
  private int closed;

  @Test
  void oneThatCannotBeMadeIsTriedAgainAndThenKept() throws Exception {
    backend.close();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(backend::get)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the destination broken cannot be made");
    }
    assertThat(backend.get()).isSameAs(this);
    assertThat(backend.get()).isSameAs(this);
    assertThat(prepared).isEqualTo(1);
    backend.close();
    backend.close();
    assertThat(closed).isEqualTo(1);
  }

  @Override
  public String name() {
    return "broken";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Backend create(Settings settings, PluginContext context) {
    if (failures-- > 0) {
      throw new NoClassDefFoundError("of another version");
    }
    return this;
  }

  @Override
  public void prepare() {
    prepared++;
  }

  @Override
  public BatchLimits limits() {
    return new BatchLimits(1, 1, 1, 0);
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    return CompletableFuture.completedFuture(SendResult.DELIVERED);
  }

  @Override
  public void close() {
    closed++;
  }
}
