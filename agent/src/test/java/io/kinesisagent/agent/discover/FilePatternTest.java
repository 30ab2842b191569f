package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "/var/log/app.log,          /var/log/app.log,        true",
        "/var/log/app.log,          /var/log/app.log.1,      false",
        "/var/log/app.log*,         /var/log/app.log.1,      true",
        "/var/log/app.log*,         /var/log/old/app.log,    false",
        "/var/log/app?.log,         /var/log/app1.log,       true",
        "/var/log/app?.log,         /var/log/app.log,        false",
        "/var/log/app[0-9].log,     /var/log/app7.log,       true",
        "/var/log/app[!0-9].log,    /var/log/app7.log,       false",
        "'/var/log/{web,db}.log',   /var/log/db.log,         true",
        "'/var/log/{web,db}.log',   /var/log/app.log,        false",
        "/var/log/*,                /var/log/.hidden,        true",
        "/var/*/app.log,            /var/log/app.log,        true",
        "/var/*/app.log,            /var/log/a/app.log,      false",
        "/var/**/app.log,           /var/app.log,            true",
        "/var/**/app.log,           /var/log/a/b/app.log,    true",
        "/var/**/app.log,           /srv/app.log,            false",
        "/var/**/log/*.log,         /var/a/log/b/log/x.log,  true",
        "/var/**/log/*.log,         /var/a/log/b/x.log,      false",
        "/var/log/**,               /var/log/x,              true",
        "/var/log/**,               /var/log/a/b/x,          true",
        "/var/log/**,               /var/x,                  false",
        "/var//log/./app.log,       /var/log/app.log,        true",
        "/var/log/a\\*b,            /var/log/a*b,            true",
        "/var/log/a\\*b,            /var/log/axb,            false",
        "/var/a\\[1]/*.log,         /var/a[1]/x.log,         true",
        "/*.log,                    /x.log,                  true",
      })
  void matchesAsAShellWould(String pattern, String path, boolean expected) {
    assertThat(parse(pattern).matches(Path.of(path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/var/log/app.log*,      /var/log,     1",
    "/var/log/*/x/app.log,   /var/log,     3",
    "/var/**/app.log,        /var,         2147483647",
    "/**,                    /,            2147483647",
    "/app.log,               /,            1",
  })
  void startsAtTheDirectoryBeforeTheFirstGlob(String pattern, String base, int maxDepth) {
    assertThat(parse(pattern).base()).isEqualTo(Path.of(base));
    assertThat(parse(pattern).maxDepth()).isEqualTo(maxDepth);
  }

  @ParameterizedTest
  @CsvSource({
    "/var/log/*.log,       /,              true,   false",
    "/var/log/*.log,       /var/log,       true,   true",
    "/var/log/*.log,       /var/log/a,     false,  false",
    "/var/*/app/*.log,     /var/log,       true,   false",
    "/var/*/app/*.log,     /var/log/app,   true,   true",
    "/var/*/app/*.log,     /var/log/web,   false,  false",
    "/var/**/*.log,        /var/a/b/c,     true,   true",
    "/var/**/*.log,        /srv,           false,  false",
  })
  void knowsWhereMatchesCanLie(String pattern, String directory, boolean below, boolean in) {
    assertThat(parse(pattern).couldMatchBelow(Path.of(directory))).isEqualTo(below);
    assertThat(parse(pattern).couldMatchIn(Path.of(directory))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app.log", "logs/app.log", "/var/log/", "/", "/var/a**b", "/v/{a,b/c}", "/v/[a"})
  void refusesWhatIsNoAbsolutePathWithGlobs(String pattern) {
    assertThatThrownBy(() -> parse(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSelectionLeavesOutCompressedCopiesWhateverTheirCase() {
    FileSelection selection = FileSelection.of(List.of(parse("/var/log/app*")));
    assertThat(selection.matches(Path.of("/var/log/app.log"))).isTrue();
    for (String ending : List.of(".gz", ".BZ2", ".zip", ".xz", ".Zst", ".lz4", ".swp", "~")) {
      assertThat(selection.matches(Path.of("/var/log/app.log" + ending))).as(ending).isFalse();
    }
  }

  @Test
  void aSelectionLeavesOutWhatIsExcludedByNameOrByPath() {
    FileSelection selection =
        new FileSelection(
            List.of(parse("/var/log/**")),
            List.of(FileSystems.getDefault().getPathMatcher("glob:*.tmp")),
            List.of(parse("/var/log/old/**")));
    assertThat(selection.matches(Path.of("/var/log/a/b.log"))).isTrue();
    assertThat(selection.matches(Path.of("/var/log/a/b.tmp"))).isFalse();
    assertThat(selection.matches(Path.of("/var/log/old/a/b.log"))).isFalse();
  }

  private static FilePattern parse(String pattern) {
    return FilePattern.parse(pattern, FileSystems.getDefault());
  }
}
