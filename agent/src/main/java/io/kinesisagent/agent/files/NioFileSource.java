package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Files through {@code java.nio.file}, with the device and inode of its {@code unix} attributes.
 */
public final class NioFileSource implements FileSource {
  private static final String ATTRIBUTES =
      "unix:dev,ino,size,lastModifiedTime,isDirectory,isRegularFile";
  private static final int OPEN_ATTEMPTS = 16;

  /** As many as Linux follows. */
  private static final int MOST_HOPS = 40;

  private final Set<FileKey> notForReading;

  public NioFileSource() {
    this(Set.of());
  }

  /**
   * @param notForReading files that count as no regular ones, whatever path leads to them
   */
  public NioFileSource(Set<FileKey> notForReading) {
    this.notForReading = Set.copyOf(notForReading);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries.forEach(paths::add);
    } catch (NotDirectoryException e) {
      throw notThere(directory, e);
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    return paths;
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (e.getReason() != null && e.getReason().contains("Not a directory")) {
        throw notThere(path, e);
      }
      throw e;
    }
    FileKey key = new FileKey(number(attributes.get("dev")), number(attributes.get("ino")));
    FileTime modified = (FileTime) attributes.get("lastModifiedTime");
    FileStat.Type type = notForReading.contains(key) ? FileStat.Type.OTHER : type(attributes);
    return new FileStat(
        key, type, number(attributes.get("size")), modified.to(TimeUnit.NANOSECONDS));
  }

  @Override
  public List<Path> hops(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      return List.of();
    }
    Set<Path> hops = new LinkedHashSet<>();
    Path at = path;
    while (Files.isSymbolicLink(at) && hops.size() < MOST_HOPS) {
      at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
      hops.add(at);
    }
    if (Files.exists(path)) {
      // Directories on the way may be links, too.
      hops.add(path.toRealPath());
    }
    return List.copyOf(hops);
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    FileStat before = stat(path);
    for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
      if (before.type() != FileStat.Type.FILE) {
        throw new FileSystemException(path.toString(), null, "is not a regular file");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      FileStat after;
      try {
        after = stat(path);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      if (after.key().equals(before.key())) {
        return new NioOpenFile(before.key(), channel);
      }
      channel.close();
      before = after;
    }
    throw new FileSystemException(path.toString(), null, "was replaced each time it was opened");
  }

  private static NoSuchFileException notThere(Path path, Exception cause) {
    NoSuchFileException e = new NoSuchFileException(path.toString());
    e.initCause(cause);
    return e;
  }

  private static FileStat.Type type(Map<String, Object> attributes) {
    if (Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
      return FileStat.Type.FILE;
    }
    return Boolean.TRUE.equals(attributes.get("isDirectory"))
        ? FileStat.Type.DIRECTORY
        : FileStat.Type.OTHER;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
