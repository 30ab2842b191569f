package io.kinesisagent.backends.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real proxy, tinyproxy, run as a process of its own on a free port of 127.0.0.1. */
public final class Tinyproxy implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private Tinyproxy(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Whether it is installed on this machine. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/tinyproxy"));
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param user name and password with a blank between them, or empty for no authentication
   */
  public static Tinyproxy start(Path directory, String user) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = directory.resolve("tinyproxy.log");
    Path configuration = directory.resolve("tinyproxy.conf");
    Files.writeString(
        configuration,
        "Port "
            + port
            + "\nListen 127.0.0.1\nAllow 127.0.0.1\nLogLevel Connect\nTimeout 600\nMaxClients 20\n"
            + "LogFile \""
            + log
            + "\"\n"
            + (user.isEmpty() ? "" : "BasicAuth " + user + "\n"));
    Process process =
        new ProcessBuilder("/usr/bin/tinyproxy", "-d", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("tinyproxy.out").toFile())
            .start();
    Tinyproxy proxy = new Tinyproxy(process, port, log);
    while (!proxy.listens()) {
      if (!process.isAlive()) {
        throw new AssertionError(
            "tinyproxy ended: " + Files.readString(directory.resolve("tinyproxy.out")));
      }
      Thread.onSpinWait();
    }
    return proxy;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /** What it logged of the requests through it. */
  public String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
