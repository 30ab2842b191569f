package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * What of a valid configuration cannot work on this host as it is now, for the user that runs this:
 * mostly warnings, because files and permissions come and go. It looks at names and permissions
 * only.
 */
public final class HostChecks {
  private static final int MOST_UNREADABLE_SHOWN = 3;

  private final FileAccess access;

  /**
   * Sees the host as the running user does.
   *
   * @param user the name to give the rights to in the commands that mend, such as {@code
   *     aws-kinesis-agent-user}
   */
  public HostChecks(String user) {
    this(new FileAccess(user));
  }

  HostChecks(FileAccess access) {
    this.access = access;
  }

  /** Warnings on every flow, and on where the agent keeps its state; a line each. */
  public List<String> check(AgentConfig config) {
    List<String> findings = new ArrayList<>();
    for (FlowConfig flow : config.flows()) {
      for (FilePattern pattern : flow.files().patterns()) {
        check(flow, pattern, findings);
      }
      Path checkpoints = config.checkpointFile();
      flow.destination()
          .writesTo()
          .map(directory -> checkpoints.getFileSystem().getPath(directory).toAbsolutePath())
          .ifPresent(directory -> checkWritable("flow " + flow.id(), directory, findings));
    }
    state(config, false).ifPresent(findings::add);
    checkWritable("deadLetterDirectory", config.deadLetterDirectory(), findings);
    return findings;
  }

  /**
   * What keeps an agent of this user from starting, which ends with an error of its state; a line
   * each.
   */
  public List<String> hindrances(AgentConfig config) {
    return state(config, true).stream().toList();
  }

  private Optional<String> state(AgentConfig config, boolean hinders) {
    return new StateFiles(access)
        .check(config.checkpointFile())
        .filter(finding -> finding.hinders() == hinders)
        .map(finding -> "checkpointFile: " + finding.text());
  }

  private void check(FlowConfig flow, FilePattern pattern, List<String> findings) {
    String subject = "flow " + flow.id() + ": ";
    Path base = pattern.base();
    Path closed = access.closedOnTheWayTo(base);
    if (closed != null) {
      findings.add(subject + access.closedDirectory(closed, base));
      return;
    }
    if (!Files.isDirectory(base)) {
      findings.add(subject + "there is no directory " + base + " yet; the agent waits for it");
      return;
    }
    Matches matches = new Matches(flow.files(), pattern, access);
    try {
      Files.walkFileTree(
          base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), pattern.maxDepth(), matches);
    } catch (IOException e) {
      findings.add(subject + "cannot list " + base + ": " + e.getMessage());
      return;
    }
    matches.closedDirectories.forEach(
        directory -> findings.add(subject + access.closedDirectory(directory, directory)));
    if (matches.found == 0 && matches.closedDirectories.isEmpty()) {
      findings.add(subject + "no file matches " + pattern + " now");
    }
    List<Path> unreadable = matches.unreadable;
    unreadable.stream()
        .limit(MOST_UNREADABLE_SHOWN)
        .forEach(file -> findings.add(subject + access.unreadableFile(file)));
    if (unreadable.size() > MOST_UNREADABLE_SHOWN) {
      findings.add(
          subject
              + "and "
              + (unreadable.size() - MOST_UNREADABLE_SHOWN)
              + " more files under "
              + pattern
              + " cannot be read");
    }
  }

  private void checkWritable(String key, Path directory, List<String> findings) {
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing != null && !access.isWritable(existing)) {
      findings.add(key + ": " + access.notWritable(existing, directory));
    }
  }

  /** Collects what a walk finds of one pattern. */
  private static final class Matches extends SimpleFileVisitor<Path> {
    private final FileSelection files;
    private final FilePattern pattern;
    private final FileAccess access;
    private final List<Path> unreadable = new ArrayList<>();
    private final List<Path> closedDirectories = new ArrayList<>();
    private int found;

    Matches(FileSelection files, FilePattern pattern, FileAccess access) {
      this.files = files;
      this.pattern = pattern;
      this.access = access;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!pattern.couldMatchBelow(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!access.isListable(directory)) {
        closedDirectories.add(directory);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && pattern.matches(file) && files.matches(file)) {
        found++;
        if (!access.isReadable(file)) {
          unreadable.add(file);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (e instanceof AccessDeniedException && pattern.couldMatchBelow(file)) {
        closedDirectories.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
