package io.kinesisagent.agent.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one configuration and what they hold: the main file and those of agent.d beside it.
 * Immutable.
 *
 * @param files all that were found, the main one first
 * @param mainObject empty where the main file holds none
 * @param additionalObjects of the files of agent.d that hold one, in the order of the files' names
 * @param isBroken whether a file holds no object; problems say why
 */
record SourceFiles(
    List<Path> files, Json.Obj mainObject, List<Json.Obj> additionalObjects, boolean isBroken) {
  static SourceFiles read(Path mainFile, Map<String, String> environment, Problems problems) {
    Substitution substitution = new Substitution(environment, problems);
    Optional<Json.Obj> main = object(mainFile, substitution, problems);
    List<Path> files = new ArrayList<>(List.of(mainFile));
    files.addAll(additional(mainFile, problems));
    List<Json.Obj> others = new ArrayList<>();
    for (Path file : files.subList(1, files.size())) {
      object(file, substitution, problems).ifPresent(others::add);
    }
    boolean broken = main.isEmpty() || others.size() < files.size() - 1;
    Json.Obj none = new Json.Obj(Position.wholeFile(mainFile), "$", new LinkedHashMap<>());
    return new SourceFiles(List.copyOf(files), main.orElse(none), List.copyOf(others), broken);
  }

  /** Whether the main file cannot be read or holds no object. */
  boolean lacksMain() {
    return mainObject.at().line() == 0;
  }

  /** Every object, the main file's first. */
  List<Json.Obj> objects() {
    List<Json.Obj> all = new ArrayList<>(List.of(mainObject));
    all.addAll(additionalObjects);
    return all;
  }

  /**
   * The main object as far as one text in it goes, which is found in the file also where that is no
   * JSON, such as after an edit that went wrong.
   */
  Json.Obj salvaged(String key, Map<String, String> environment) {
    if (!lacksMain()) {
      return mainObject;
    }
    Problems unsaid = new Problems();
    Pattern member =
        Pattern.compile('"' + Pattern.quote(key) + "\"\\s*:\\s*\"(?:[^\"\\\\]|\\\\.)*\"");
    return SourceText.read(files.get(0), unsaid)
        .map(source -> member.matcher(source.text()))
        .filter(Matcher::find)
        .map(found -> new SourceText(files.get(0), "{" + found.group() + "}"))
        .flatMap(object -> JsonReader.read(object, unsaid))
        .map(object -> (Json.Obj) new Substitution(environment, unsaid).in(object))
        .orElse(mainObject);
  }

  private static Optional<Json.Obj> object(
      Path file, Substitution substitution, Problems problems) {
    Optional<Json> json =
        SourceText.read(file, problems).flatMap(text -> JsonReader.read(text, problems));
    if (json.isEmpty()) {
      return Optional.empty();
    }
    if (substitution.in(json.get()) instanceof Json.Obj object) {
      return Optional.of(object);
    }
    problems.error(json.get(), "must be an object { … }, but is " + json.get().kind());
    return Optional.empty();
  }

  private static List<Path> additional(Path mainFile, Problems problems) {
    Path directory = mainFile.toAbsolutePath().resolveSibling("agent.d");
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
      for (Path file : found) {
        if (file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      problems.error(Position.wholeFile(directory), "", "cannot be listed: " + e.getMessage());
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return files;
  }
}
