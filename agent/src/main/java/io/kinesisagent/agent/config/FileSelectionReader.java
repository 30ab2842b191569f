package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.spi.Setting;
import java.nio.file.FileSystem;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads which files a flow takes. One thread. */
final class FileSelectionReader {
  private final KeyedObject flow;
  private final FileSystem files;
  private final Problems problems;

  FileSelectionReader(KeyedObject flow, FileSystem files, Problems problems) {
    this.flow = flow;
    this.files = files;
    this.problems = problems;
  }

  /** The selection, or nothing where a pattern is wrong. */
  Optional<FileSelection> read(SettingValues values) {
    int errorsBefore = problems.errors();
    List<FilePattern> patterns = new ArrayList<>();
    List<String> texts = values.get(FlowKeys.FILE_PATTERN);
    if (texts != null && texts.isEmpty()) {
      problems.error(at(FlowKeys.FILE_PATTERN, 0), "must hold at least one pattern");
    }
    for (int i = 0; texts != null && i < texts.size(); i++) {
      path(texts.get(i), at(FlowKeys.FILE_PATTERN, i)).ifPresent(patterns::add);
    }
    List<PathMatcher> names = new ArrayList<>();
    List<FilePattern> paths = new ArrayList<>();
    List<String> excluded = values.get(FlowKeys.EXCLUDE_PATTERN);
    for (int i = 0; i < excluded.size(); i++) {
      Json at = at(FlowKeys.EXCLUDE_PATTERN, i);
      if (excluded.get(i).startsWith("/")) {
        path(excluded.get(i), at).ifPresent(paths::add);
      } else {
        name(excluded.get(i), at).ifPresent(names::add);
      }
    }
    return problems.errors() > errorsBefore || patterns.isEmpty()
        ? Optional.empty()
        : Optional.of(new FileSelection(patterns, names, paths));
  }

  private Optional<FilePattern> path(String text, Json at) {
    try {
      return Optional.of(FilePattern.parse(text, files));
    } catch (IllegalArgumentException e) {
      problems.error(at, e.getMessage() + "; is \"" + text + "\"");
      return Optional.empty();
    }
  }

  private Optional<PathMatcher> name(String text, Json at) {
    if (text.isEmpty() || text.contains("/")) {
      problems.error(
          at,
          "must be a glob for a file's name, or an absolute path with globs; is \"" + text + "\"");
      return Optional.empty();
    }
    try {
      return Optional.of(files.getPathMatcher("glob:" + text));
    } catch (PatternSyntaxException e) {
      problems.error(at, "is no glob: " + e.getDescription() + "; is \"" + text + "\"");
      return Optional.empty();
    }
  }

  private Json at(Setting<?> setting, int index) {
    Json value = flow.member(setting).orElseThrow().value();
    return value instanceof Json.Array array && index < array.items().size()
        ? array.items().get(index)
        : value;
  }
}
