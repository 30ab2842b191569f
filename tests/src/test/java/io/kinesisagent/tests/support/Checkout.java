package io.kinesisagent.tests.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout and its programs are. */
public final class Checkout {
  private Checkout() {}

  /** The folder that holds bin/, etc/ and the modules. */
  public static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("packaging/pom.xml"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "not started within a checkout: " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /**
   * True in the runs that {@code bin/verify --long} makes: tests that have a longer form run it.
   */
  public static boolean longRun() {
    return Boolean.getBoolean("long");
  }
}
