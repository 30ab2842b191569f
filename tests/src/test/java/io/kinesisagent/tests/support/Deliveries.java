package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Reads back what the {@code file} destination wrote. */
public final class Deliveries {
  private final Path directory;

  public Deliveries(Path directory) {
    this.directory = directory;
  }

  /** How many bytes are there; cheap, for waiting. */
  public long bytes() {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is there, in the order of the files' names. */
  public String text() {
    try (Stream<Path> files = Files.walk(directory)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Enters each delivered line into {@code ledger}. */
  public void enter(Ledger ledger) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.filter(Files::isRegularFile).forEach(file -> enter(file, ledger));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void enter(Path file, Ledger ledger) {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        ledger.accepted("", "", Arrays.copyOfRange(all, start, i + 1));
        start = i + 1;
      }
    }
    if (start < all.length) {
      ledger.accepted("", "", Arrays.copyOfRange(all, start, all.length));
    }
  }
}
