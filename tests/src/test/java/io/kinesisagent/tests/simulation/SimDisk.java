package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * A disk as Linux shows it to processes: names lead to inodes, an inode lives as long as a name or
 * a handle does, its number is used again afterwards, and a deleted file can be read through its
 * handle.
 */
final class SimDisk implements FileSource {
  /** A file without its names. */
  static final class Inode {
    final long number;
    byte[] data = new byte[256];
    int size;

    /** Where its writer goes on: behind it there may be room that was set aside. */
    int written;

    int names;
    boolean readable = true;
    long changed;

    /** How often the server of the file was another one. */
    int servers;

    final Set<Handle> handles = new LinkedHashSet<>();

    Inode(long number) {
      this.number = number;
    }

    byte[] content(int from, int to) {
      return Arrays.copyOfRange(data, from, to);
    }
  }

  private final Map<Path, Inode> names = new TreeMap<>();
  private final Deque<Long> freeNumbers = new ArrayDeque<>();
  private final SimClock clock;
  private final BiConsumer<Path, Boolean> hints;
  private final Runnable interference;
  private final boolean coarseTimes;
  private BooleanSupplier readFails = () -> false;
  private long nextNumber = 100;
  private boolean listable = true;
  private int handlesOpen;

  /**
   * @param hints told of each change: the path, and whether its name changed
   * @param interference called at each operation of the agent: others may be quicker
   */
  SimDisk(
      SimClock clock, BiConsumer<Path, Boolean> hints, Runnable interference, boolean coarseTimes) {
    this.clock = clock;
    this.hints = hints;
    this.interference = interference;
    this.coarseTimes = coarseTimes;
  }

  // ---- what other processes do

  Inode create(Path path) {
    Inode inode = new Inode(freeNumbers.isEmpty() ? nextNumber++ : freeNumbers.pop());
    link(path, inode);
    return inode;
  }

  void link(Path path, Inode inode) {
    Inode before = names.put(path, inode);
    inode.names++;
    if (before != null) {
      unlinked(before);
    }
    touch(inode);
    hints.accept(path, true);
  }

  void rename(Path from, Path to) {
    Inode inode = names.remove(from);
    Inode before = names.put(to, inode);
    if (before != null && before != inode) {
      unlinked(before);
    }
    hints.accept(from, true);
    hints.accept(to, true);
  }

  void delete(Path path) {
    unlinked(names.remove(path));
    hints.accept(path, true);
  }

  private void unlinked(Inode inode) {
    inode.names--;
    free(inode);
  }

  private void free(Inode inode) {
    if (inode.names == 0 && inode.handles.isEmpty()) {
      freeNumbers.push(inode.number);
    }
  }

  void write(Inode inode, int at, byte[] bytes) {
    int end = at + bytes.length;
    if (end > inode.data.length) {
      inode.data = Arrays.copyOf(inode.data, Math.max(end, inode.data.length * 2));
    }
    System.arraycopy(bytes, 0, inode.data, at, bytes.length);
    inode.size = Math.max(inode.size, end);
    inode.written = Math.max(inode.written, end);
    touch(inode);
    pathOf(inode).forEach(path -> hints.accept(path, false));
  }

  /** Makes a file longer than what is written into it. */
  void setAside(Inode inode, int bytes) {
    int written = inode.written;
    write(inode, inode.size, new byte[bytes]);
    inode.written = written;
  }

  void truncate(Inode inode) {
    Arrays.fill(inode.data, (byte) 0);
    inode.size = 0;
    inode.written = 0;
    touch(inode);
    pathOf(inode).forEach(path -> hints.accept(path, false));
  }

  private void touch(Inode inode) {
    inode.changed = coarseTimes ? clock.nanoTime() / 1_000_000_000L : clock.nanoTime();
  }

  /** Has reads fail now and then, as on a network file system. */
  void failReads(BooleanSupplier whether) {
    readFails = whether;
  }

  /** What is open of a file answers no more, as on a network file system; a new handle does. */
  void staleHandles(Inode inode) {
    inode.servers++;
  }

  Inode at(Path path) {
    return names.get(path);
  }

  List<Path> pathOf(Inode inode) {
    List<Path> paths = new ArrayList<>();
    names.forEach(
        (path, other) -> {
          if (other == inode) {
            paths.add(path);
          }
        });
    return paths;
  }

  Map<Path, Inode> names() {
    return names;
  }

  void listable(boolean now) {
    listable = now;
  }

  int handlesOpen() {
    return handlesOpen;
  }

  /** The process that holds all handles dies. */
  void closeAll() {
    Set<Handle> open = new LinkedHashSet<>();
    names.values().forEach(inode -> open.addAll(inode.handles));
    open.addAll(orphans);
    open.forEach(Handle::close);
  }

  private final Set<Handle> orphans = new LinkedHashSet<>();

  // ---- what the agent does

  @Override
  public List<Path> list(Path directory) throws IOException {
    interference.run();
    if (!listable) {
      throw new AccessDeniedException(directory.toString());
    }
    List<Path> paths = new ArrayList<>();
    for (Path path : names.keySet()) {
      if (directory.equals(path.getParent())) {
        paths.add(path);
      }
    }
    return paths;
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    interference.run();
    Inode inode = names.get(path);
    if (inode == null) {
      if (names.keySet().stream().anyMatch(name -> name.startsWith(path))) {
        return new FileStat(new FileKey(1, 1), FileStat.Type.DIRECTORY, 0, 0);
      }
      throw new NoSuchFileException(path.toString());
    }
    return new FileStat(
        new FileKey(1, inode.number), FileStat.Type.FILE, inode.size, inode.changed);
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    interference.run();
    Inode inode = names.get(path);
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (!inode.readable) {
      throw new AccessDeniedException(path.toString());
    }
    return new Handle(inode);
  }

  /** An open handle of the agent. */
  final class Handle implements OpenFile {
    private final Inode inode;
    private final int server;
    private boolean open = true;

    Handle(Inode inode) {
      this.inode = inode;
      server = inode.servers;
      inode.handles.add(this);
      orphans.add(this);
      handlesOpen++;
    }

    @Override
    public FileKey key() {
      return new FileKey(1, inode.number);
    }

    @Override
    public long size() throws IOException {
      interference.run();
      check();
      return inode.size;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      interference.run();
      check();
      if (readFails.getAsBoolean()) {
        throw new IOException("a read ended before the end of the file");
      }
      int count = (int) Math.max(0, Math.min(length, inode.size - position));
      if (count > 0) {
        System.arraycopy(inode.data, (int) position, into, offset, count);
      }
      return count;
    }

    private void check() throws IOException {
      if (!open) {
        throw new IOException("the handle is closed");
      }
      if (stale()) {
        throw new IOException("Stale file handle");
      }
    }

    boolean stale() {
      return server != inode.servers;
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        handlesOpen--;
        orphans.remove(this);
        inode.handles.remove(this);
        free(inode);
      }
    }
  }
}
