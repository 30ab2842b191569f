package io.kinesisagent.agent.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the running user could keep checkpoints where the configuration says. */
final class StateFiles {
  static final String SERVICE_USER = "aws-kinesis-agent-user";

  private final FileAccess access;

  /**
   * What is wrong.
   *
   * @param hinders whether an agent of the running user is bound not to start; else it may, such as
   *     where the directory is yet to be made, or is that of another user's agent
   * @param text a sentence, with what mends it
   */
  record Finding(boolean hinders, String text) {}

  StateFiles(FileAccess access) {
    this.access = access;
  }

  /** The first thing that is wrong, as the agent would meet it. */
  Optional<Finding> check(Path checkpointFile) {
    Path directory = checkpointFile.getParent();
    if (directory == null || Files.isDirectory(checkpointFile)) {
      return hindrance(
          checkpointFile
              + " is a directory; name a file, such as "
              + checkpointFile.resolve("checkpoints"));
    }
    if (!Files.exists(directory)) {
      return yetToBeMade(directory);
    }
    if (!Files.isDirectory(directory)) {
      return hindrance(directory + " is no directory; name a file in one");
    }
    if (!access.isWritable(directory) || !access.isListable(directory)) {
      return closed(directory, access.notWritable(directory, directory));
    }
    Path lock = directory.resolve(checkpointFile.getFileName() + ".lock");
    for (Path file : List.of(lock, checkpointFile)) {
      if (Files.exists(file) && !(access.isReadable(file) && access.isWritable(file))) {
        return closed(file, access.unusableFile(file));
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> yetToBeMade(Path directory) {
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || access.isWritable(existing)) {
      return Optional.empty();
    }
    // The package makes it, or the service manager does.
    return Optional.of(new Finding(false, access.notWritable(existing, directory)));
  }

  /** What the service has is not for others, who may look at its configuration all the same. */
  private Optional<Finding> closed(Path path, String text) {
    boolean ofTheService =
        FileAccess.ownerOf(path).equals(SERVICE_USER) && !access.user().equals(SERVICE_USER);
    return Optional.of(new Finding(!ofTheService, text));
  }

  private static Optional<Finding> hindrance(String text) {
    return Optional.of(new Finding(true, text));
  }
}
