package io.kinesisagent.agent.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells the status, as JSON, to whoever connects to a Unix domain socket beside the checkpoint
 * file, which only the agent's user and root may. One thread serves one caller after the other, and
 * none for long; where it cannot be opened, shipping goes on without it.
 */
final class StatusSocket implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(StatusSocket.class);
  private static final int MOST_STATUS_BYTES = 64 << 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path path;
  private final Supplier<AgentStatus> status;
  private volatile ServerSocketChannel server;

  StatusSocket(Path checkpointFile, Supplier<AgentStatus> status) {
    this.path = beside(checkpointFile);
    this.status = status;
  }

  /** Where the socket of an agent with this checkpoint file is. */
  static Path beside(Path checkpointFile) {
    return checkpointFile.resolveSibling(checkpointFile.getFileName() + ".socket");
  }

  /**
   * Opens it. The caller holds the lock of the checkpoint file, so a socket there is a dead one.
   */
  void open() {
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      opened.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      server = opened;
    } catch (IOException e) {
      LOG.warn(
          "the status command will not work: the socket {} cannot be opened ({})",
          path,
          e.toString());
      return;
    }
    Thread thread = new Thread(this::serve, "status");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel caller = server.accept()) {
        answer(caller);
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        LOG.debug("a caller of the status went away: {}", e.toString());
      }
    }
  }

  /** Lets go of a caller that does not read: others wait for theirs. */
  private void answer(SocketChannel caller) throws IOException {
    ByteBuffer json = ByteBuffer.wrap(status.get().toJson());
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    caller.configureBlocking(false);
    try (Selector writable = Selector.open()) {
      caller.register(writable, SelectionKey.OP_WRITE);
      while (json.hasRemaining()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("it does not read");
        }
        writable.select(left);
        writable.selectedKeys().clear();
        caller.write(json);
      }
    }
  }

  /**
   * Asks an agent.
   *
   * @throws IOException where none answers
   */
  static AgentStatus ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer json = ByteBuffer.allocate(64 * 1024);
      while (channel.read(json) >= 0) {
        if (!json.hasRemaining()) {
          if (json.capacity() >= MOST_STATUS_BYTES) {
            throw new IOException("the answer has no end");
          }
          json = ByteBuffer.allocate(json.capacity() * 2).put(json.flip());
        }
      }
      byte[] read = new byte[json.position()];
      json.flip().get(read);
      return AgentStatus.fromJson(read);
    }
  }

  @Override
  public void close() throws IOException {
    ServerSocketChannel opened = server;
    if (opened != null) {
      opened.close();
      Files.deleteIfExists(path);
    }
  }
}
