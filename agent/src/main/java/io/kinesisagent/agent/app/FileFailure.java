package io.kinesisagent.agent.app;

import io.kinesisagent.agent.files.Trouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What went wrong with a file, in plain words. */
final class FileFailure {
  private FileFailure() {}

  /** In one line, which names the file where the failure knows it. */
  static String text(IOException e) {
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    return file.getFile() + ": " + Trouble.reason(file);
  }

  /** In one line, which names {@code file} where the failure knows none. */
  static String text(Path file, IOException e) {
    return e instanceof FileSystemException ? text(e) : file + ": " + text(e);
  }
}
