package io.kinesisagent.agent.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What went wrong with a file, in plain words. */
final class FileFailure {
  private FileFailure() {}

  /** In one line, which names the file where the failure knows it. */
  static String text(IOException e) {
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    return file.getFile() + ": " + reason(file);
  }

  /** In one line, which names {@code file} where the failure knows none. */
  static String text(Path file, IOException e) {
    return e instanceof FileSystemException ? text(e) : file + ": " + text(e);
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "there is none";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
