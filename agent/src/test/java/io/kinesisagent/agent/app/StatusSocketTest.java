package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
  /** More than a socket takes in without a reader. */
  private static final String NAME = "x".repeat(4 << 20);

  @TempDir Path folder;

  @Test
  void aCallerThatDoesNotReadKeepsOthersWaitingForSecondsOnly() throws Exception {
    AgentStatus status = StatusTextTest.status(FlowStatus.starting(NAME, "b"));
    Path checkpoints = folder.resolve("checkpoints");
    Path path = StatusSocket.beside(checkpoints);
    try (StatusSocket socket = new StatusSocket(checkpoints, () -> status)) {
      socket.open();
      try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        assertThat(first.isConnected() && second.isConnected()).isTrue();
        assertThat(asked(path).get(30, TimeUnit.SECONDS)).isEqualTo(status);
      }
    }
  }

  private static CompletableFuture<AgentStatus> asked(Path path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return StatusSocket.ask(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
