package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.files.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The checkpoint file on a disk that loses what was not synced, but for a torn piece of it. */
final class SimState implements StateFile {
  private byte[] synced = new byte[0];
  private byte[] previous = new byte[0];
  private final ByteArrayOutputStream unsynced = new ByteArrayOutputStream();
  private boolean full;

  /** Sets whether the disk is full. */
  void full(boolean now) {
    full = now;
  }

  boolean full() {
    return full;
  }

  /** The machine fails: of what was not synced, a beginning of any length is left. */
  void loseUnsynced(RandomGenerator random) {
    byte[] lost = unsynced.toByteArray();
    unsynced.reset();
    synced = join(synced, Arrays.copyOf(lost, random.nextInt(lost.length + 1)));
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  @Override
  public byte[] read() {
    return join(synced, unsynced.toByteArray());
  }

  @Override
  public byte[] readPrevious() {
    return previous;
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    check();
    unsynced.writeBytes(bytes);
  }

  @Override
  public void sync() throws IOException {
    check();
    synced = read();
    unsynced.reset();
  }

  @Override
  public void replace(byte[] content) throws IOException {
    check();
    previous = read();
    synced = content.clone();
    unsynced.reset();
  }

  @Override
  public String keepAside(String suffix) {
    return "aside";
  }

  private void check() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }
}
