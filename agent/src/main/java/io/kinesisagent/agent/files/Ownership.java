package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * To whom the files of the agent's state belong: what root makes or replaces there stays with the
 * user whose state it is, who has to write it later. Only root may give files away; whatever this
 * user may not do is left, and nothing is said of it.
 */
public final class Ownership {
  private Ownership() {}

  /** Opens a file; where there is none it is made, with the owner and group of its directory. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    if (!Files.exists(file)) {
      all.add(StandardOpenOption.CREATE_NEW);
      try {
        FileChannel made = FileChannel.open(file, all);
        inherit(file.toAbsolutePath().getParent(), file);
        return made;
      } catch (FileAlreadyExistsException e) {
        // Another process has made it in this moment.
        all.remove(StandardOpenOption.CREATE_NEW);
      }
    }
    all.add(StandardOpenOption.CREATE);
    return FileChannel.open(file, all);
  }

  /** Gives a new file the owner and group of its directory, where that is another user's. */
  static void inherit(Path directory, Path file) {
    PosixFileAttributeView view = view(file);
    try {
      PosixFileAttributes wanted = Files.readAttributes(directory, PosixFileAttributes.class);
      if (view != null && !view.readAttributes().owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
        view.setGroup(wanted.group());
      }
    } catch (IOException | UnsupportedOperationException e) {
      // This user may not.
    }
  }

  /**
   * Gives a new file the owner, the group and the mode of the one that it is to replace. Its owner
   * can read and write it in any case.
   */
  static void keep(Path replaced, Path file) {
    PosixFileAttributeView view = view(file);
    try {
      PosixFileAttributes wanted = Files.readAttributes(replaced, PosixFileAttributes.class);
      PosixFileAttributes now = view == null ? wanted : view.readAttributes();
      if (!now.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!now.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
      Set<PosixFilePermission> mode =
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      mode.addAll(wanted.permissions());
      if (!now.permissions().equals(mode)) {
        view.setPermissions(mode);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // This user may not, and rights that were meant for others are not given to these.
    }
  }

  /** Null where the file system knows no owners. A link is not followed to what it names. */
  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
