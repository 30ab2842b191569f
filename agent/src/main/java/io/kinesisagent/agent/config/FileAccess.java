package io.kinesisagent.agent.config;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BiPredicate;

/** Says why the running user cannot use a path, and the command that mends it. */
final class FileAccess {
  private final String user;
  private final BiPredicate<Path, AccessMode> allowed;

  /** Asks the operating system what the running user may. */
  FileAccess(String user) {
    this(user, FileAccess::isAllowed);
  }

  FileAccess(String user, BiPredicate<Path, AccessMode> allowed) {
    this.user = user;
    this.allowed = allowed;
  }

  /** Who wants to use paths. */
  String user() {
    return user;
  }

  /** The name of a path's owner, or nothing where that is not to be known. */
  static String ownerOf(Path path) {
    try {
      return Files.getOwner(path).getName();
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  boolean isReadable(Path path) {
    return allowed.test(path, AccessMode.READ);
  }

  boolean isWritable(Path path) {
    return allowed.test(path, AccessMode.WRITE);
  }

  /** Whether the names in a directory can be listed and its files opened. */
  boolean isListable(Path directory) {
    return isReadable(directory) && allowed.test(directory, AccessMode.EXECUTE);
  }

  /** The first directory on the way to {@code directory} that may not be entered, or null. */
  Path closedOnTheWayTo(Path directory) {
    Path at = directory.getRoot();
    for (Path name : directory) {
      if (Files.isDirectory(at) && !allowed.test(at, AccessMode.EXECUTE)) {
        return at;
      }
      at = at.resolve(name);
    }
    return !Files.isDirectory(at) || isListable(at) ? null : at;
  }

  String closedDirectory(Path directory, Path wanted) {
    return "the directory "
        + directory
        + owner(directory)
        + " cannot be "
        + (directory.equals(wanted) ? "listed" : "passed")
        + " by "
        + user
        + "; run: "
        + command(directory, directory.equals(wanted) ? "rx" : "x");
  }

  /** A new file of the directory gets the right through the directory's default entries. */
  String unreadableFile(Path file) {
    return "the file "
        + file
        + owner(file)
        + " cannot be read by "
        + user
        + "; run: "
        + command(file, "r")
        + ", and for files to come: sudo setfacl -d -m u:"
        + user
        + ":r "
        + quoted(file.getParent());
  }

  String notWritable(Path existing, Path wanted) {
    return wanted
        + " cannot be written: "
        + user
        + " may not write "
        + existing
        + owner(existing)
        + "; run: "
        + (existing.equals(wanted)
            ? command(existing, "rwx")
            : "sudo install -d -o " + user + " " + quoted(wanted));
  }

  String unusableFile(Path file) {
    return "the file "
        + file
        + owner(file)
        + " cannot be read and written by "
        + user
        + "; run: sudo chown "
        + user
        + " "
        + quoted(file);
  }

  private static boolean isAllowed(Path path, AccessMode mode) {
    try {
      path.getFileSystem().provider().checkAccess(path, mode);
      return true;
    } catch (IOException denied) {
      return false;
    }
  }

  private String command(Path path, String rights) {
    String acl = "sudo setfacl -m u:" + user + ":" + rights + " " + quoted(path);
    String group = readingGroup(path, rights);
    return group.isEmpty() ? acl : acl + " (or: sudo usermod -aG " + group + " " + user + ")";
  }

  /** The group whose members have these rights, unless that is the superuser's. */
  private static String readingGroup(Path path, String rights) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      boolean enough =
          (!rights.contains("r")
                  || attributes.permissions().contains(PosixFilePermission.GROUP_READ))
              && (!rights.contains("x")
                  || attributes.permissions().contains(PosixFilePermission.GROUP_EXECUTE))
              && !rights.contains("w");
      String group = attributes.group().getName();
      return enough && !group.equals("root") ? group : "";
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  private static String owner(Path path) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return " (of "
          + attributes.owner().getName()
          + ":"
          + attributes.group().getName()
          + ", "
          + PosixFilePermissions.toString(attributes.permissions())
          + ")";
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  /** A path as a shell takes it. */
  static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./@%+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
