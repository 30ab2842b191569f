package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every way to recognise files must do, on a real file system. */
abstract class FileIdentifierContract {
  private static final String HEADER = "#Software: a service\n".repeat(100);

  @TempDir Path folder;

  /** The way to recognise files that is tested. */
  abstract FileIdentifier identifier();

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static OpenFile open(Path path) throws IOException {
    return new NioFileSource().open(path);
  }

  private FileIdentity identify(Path path) throws IOException {
    try (OpenFile file = open(path)) {
      return identifier().identify(file, 0);
    }
  }

  private boolean continues(FileIdentity known, Position readTo, Path path) throws IOException {
    try (OpenFile file = open(path)) {
      return identifier().continues(known, readTo, file);
    }
  }

  private static Position behind(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Position.START.advance(bytes, 0, bytes.length);
  }

  @Test
  void aFileGoesOnUnderAnotherName() throws IOException {
    Path path = file("app.log", "one\ntwo\n");
    FileIdentity known = identify(path);
    Path renamed = Files.move(path, folder.resolve("app.log.1"));
    assertThat(identify(renamed)).isEqualTo(known);
    assertThat(continues(known, behind("one\n"), renamed)).isTrue();
  }

  @Test
  void aFileGoesOnWhenItGrows() throws IOException {
    Path path = file("app.log", "one\n");
    FileIdentity known = identify(path);
    Files.writeString(path, "two\n".repeat(1000), StandardOpenOption.APPEND);
    assertThat(continues(known, behind("one\n"), path)).isTrue();
    assertThat(identify(path).key()).isEqualTo(known.key());
    assertThat(identify(path).head()).isNotEqualTo(known.head());
  }

  @Test
  void aFileFromBeforeARemountGoesOnByItsContent() throws IOException {
    Path path = file("app.log", "one\ntwo\n");
    FileIdentity known = identify(path);
    FileIdentity elsewhere =
        new FileIdentity(
            new FileKey(known.key().device() + 1, known.key().inode()),
            known.head(),
            known.firstBytes());
    assertThat(continues(elsewhere, behind("one\n"), path)).isTrue();
  }

  @Test
  void anotherFileWithTheSameInodeDoesNotGoOn() throws IOException {
    Path path = file("app.log", "one\ntwo\n");
    FileIdentity known = identify(path);
    Files.writeString(path, "uno\ndos\n");
    assertThat(identify(path).key()).isEqualTo(known.key());
    assertThat(continues(known, behind("one\n"), path)).isFalse();
  }

  @Test
  void aFileThatWasCutDoesNotGoOn() throws IOException {
    Path path = file("app.log", HEADER + "one\n");
    FileIdentity known = identify(path);
    Files.writeString(path, HEADER);
    assertThat(continues(known, behind(HEADER + "one\n"), path)).isFalse();
  }

  @Test
  void aFileThatWasCutAndHasGrownAgainBehindTheSameHeaderDoesNotGoOn() throws IOException {
    Path path = file("app.log", HEADER + "one\n");
    FileIdentity known = identify(path);
    Files.writeString(path, HEADER + "uno\ndos\n");
    assertThat(continues(known, behind(HEADER + "one\n"), path)).isFalse();
  }

  @Test
  void twoEmptyFilesAreNotTheSame() throws IOException {
    assertThat(identify(file("a.log", ""))).isNotEqualTo(identify(file("b.log", "")));
  }

  @Test
  void ofAnEmptyFileAnythingGoesOn() throws IOException {
    Path path = file("app.log", "");
    FileIdentity known = identify(path);
    Files.writeString(path, "one\n");
    assertThat(continues(known, Position.START, path)).isTrue();
  }

  @Test
  void aFileGoesOnWhenItFillsTheRoomThatWasSetAsideForIt() throws IOException {
    String room = "\0".repeat(4000);
    Path path = file("app.log", room);
    FileIdentity empty = identify(path);
    file("app.log", "one\n" + room);
    assertThat(continues(empty, Position.START, path)).isTrue();
    FileIdentity known = identify(path);
    file("app.log", "one\ntwo\n" + room);
    assertThat(continues(known, behind("one\n"), path)).isTrue();
    assertThat(known.head().full()).isFalse();
    file("app.log", "uno\ntwo\n" + room);
    assertThat(continues(known, behind("one\n"), path)).isFalse();
  }

  @Test
  void aHoleThatSomethingFollowsBelongsToItsFile() throws IOException {
    String hole = "\0".repeat(4000);
    Path path = file("app.log", hole + "one\n");
    FileIdentity known = identify(path);
    assertThat(known.head().full()).isTrue();
    file("app.log", "two\n" + hole.substring(4) + "one\n");
    assertThat(continues(known, behind(hole), path)).isFalse();
  }

  @Test
  void aNulInsideOfTheTextEndsNoFingerprint() throws IOException {
    Path path = file("app.log", "o\0n\0e\0\n\0".repeat(200));
    assertThat(identify(path).head().length()).isGreaterThan(1000);
  }

  @Test
  void aReadThatEndsEarlySaysNothingOfTheFile() throws IOException {
    Path path = file("app.log", HEADER + "one\n");
    FileIdentity known = identify(path);
    try (OpenFile whole = open(path);
        OpenFile brief = new BriefReads(whole)) {
      assertThatThrownBy(() -> identifier().continues(known, behind(HEADER + "one\n"), brief))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("before the end");
    }
  }

  /** A file of a network file system that gives nothing behind its first part, for now. */
  private record BriefReads(OpenFile whole) implements OpenFile {
    @Override
    public FileKey key() {
      return whole.key();
    }

    @Override
    public long size() throws IOException {
      return whole.size();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return position < Fingerprint.FULL_LENGTH ? whole.read(position, into, offset, length) : 0;
    }

    @Override
    public void close() {
      // The one that opened the whole file closes it.
    }
  }
}
