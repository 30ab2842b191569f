package io.kinesisagent.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Checkout;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bugs that are planted in the engine on purpose: the simulation must find each of them within the
 * seeds that a build lives through. One that it does not find says that the simulation, not the
 * engine, wants mending.
 */
class PlantedBugsTest {
  private static final int SEEDS = 4_000;

  /**
   * A bug.
   *
   * @param what in words
   * @param source the file below {@code io/kinesisagent/agent} that it is in
   * @param right what stands there, once
   * @param wrong what is compiled in its place
   */
  record Bug(String what, String source, String right, String wrong) {
    @Override
    public String toString() {
      return what;
    }
  }

  // Code is quoted with its indentation, which a text block would take away.
  @SuppressWarnings("StringConcatToTextBlock")
  static Stream<Bug> bugs() {
    return Stream.of(
        new Bug(
            "a watermark moves over a gap",
            "ack/AckTracker.java",
            "settled[slot(ticket)] = true;",
            "settled[slot(ticket)] = true; watermark = (P) ends[slot(ticket)];"),
        new Bug(
            "a checkpoint holds what was read, not what is settled",
            "flow/Progress.java",
            "tail.watermark(),",
            "tail.position(),"),
        new Bug(
            "there is no grace for a file that was rotated",
            "tail/TailSet.java",
            "> TailOptions.GRACE_NANOS",
            "> 0"),
        new Bug(
            "the fingerprint is ignored",
            "tail/TailReader.java",
            "if (!window.beginsAsKnown(got)) {\n      return Outcome.CHANGED;\n    }\n",
            ""),
        new Bug(
            "a partial line is taken for a whole one",
            "frame/LineFramer.java",
            "return flush == Flush.EVERYTHING && limit > start ? limit",
            "return limit > start ? limit"),
        new Bug(
            "a record of several lines does not end where the next begins",
            "frame/MultiLineFramer.java",
            "if (startLine.test(data, line, Math.min(lineEnd, line + maxLineBytes))) {",
            "if (false) {"),
        new Bug(
            "copies are not recognised",
            "tail/CopyWatch.java",
            "if (check.open()) {\n      file.phase",
            "if (false) {\n      file.phase"),
        new Bug(
            "the failed part of a request is forgotten",
            "send/Sender.java",
            "queue.retry(rest);",
            "settle(rest.batch(), rest.size());"),
        new Bug(
            "a hole is taken for content",
            "tail/Holes.java",
            "return behindNothingButHole ? 1 : TailOptions.HOLE_BYTES",
            "return Integer.MAX_VALUE"),
        new Bug(
            "header lines are skipped in the first generation only",
            "tail/Registry.java",
            "tail.headerLinesLeft = headerLines;\n    tail.grewAtNanos",
            "tail.headerLinesLeft = nextGeneration > 5 ? 0 : headerLines;\n"
                + "    tail.grewAtNanos"),
        new Bug(
            "a file that cannot be read is taken for deleted",
            "tail/Opener.java",
            "String reason = Trouble.reason(e);\n",
            "if (e instanceof java.nio.file.AccessDeniedException) {\n"
                + "      succession.finish(tail);\n      return;\n    }\n"
                + "    String reason = Trouble.reason(e);\n"),
        new Bug(
            "a failed scan forgets what it could not list",
            "discover/Scanner.java",
            "        unreadable(directory, e);\n        keepBelow(directory);\n",
            "        unreadable(directory, e);\n"),
        new Bug(
            "a file that was deleted is closed before it is read to its end",
            "tail/Sightings.java",
            "    attention.rotated(tail, now);\n    if (tail.handle == null) {",
            "    attention.rotated(tail, now);\n    if (true) {"),
        new Bug(
            "a copy is told by where reads ended alone",
            "tail/TailReader.java",
            "if (nearEnd) {\n        passLines();",
            "if (false) {\n        passLines();"),
        new Bug(
            "a stop does not wait for what is in flight",
            "flow/FlowTask.java",
            "return draining && sender.idle() && !batcher.anyOpen() && halfTaken.isEmpty();",
            "return draining;"),
        new Bug(
            "what was taken of a record is taken again with the rest",
            "flow/RecordPath.java",
            "piecesBefore = tail.piecesTaken();",
            "piecesBefore = 0;"),
        new Bug(
            "the last byte of a character is taken for room",
            "tail/Fingerprint.java",
            "Room.isFilledAtEnd(file, size, newlines)",
            "Room.isFilledAtEnd(file, size, Newlines.ASCII)"),
        new Bug(
            "there is no bound on memory",
            "batch/MemoryBudget.java",
            "if ((more > 0 && more > common) || taken + bytes > total) {",
            "if (more < 0) {"),
        new Bug(
            "the records of a batch are in another order",
            "batch/PackedBatch.java",
            "public void read(int index, RecordCursor into) {\n    int start",
            "public void read(int at, RecordCursor into) {\n"
                + "    int index = count - 1 - at;\n    int start"),
        new Bug(
            "the bytes of a hole are not in the books",
            "tail/TailReader.java",
            "tail.account.skipped(count);",
            ""),
        new Bug(
            "the memory of a batch is not given back",
            "batch/MemoryBudget.java",
            "release(array.length);",
            ""));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void theSimulationFinds(Bug bug, @TempDir Path folder) throws Exception {
    plant(bug, folder);
    String classes = folder + File.pathSeparator + System.getProperty("java.class.path");
    Process simulation =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                Simulate.class.getName(),
                "--seeds",
                String.valueOf(SEEDS),
                "--failures",
                "1")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(simulation.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(simulation.waitFor()).as(said).isEqualTo(1);
    List<String> lines = said.lines().filter(line -> line.contains("seed")).toList();
    System.out.println(
        "planted: " + bug.what() + "; found: " + lines.get(0) + "; " + lines.get(lines.size() - 1));
  }

  /** Compiles the source with the bug into the folder. */
  private static void plant(Bug bug, Path folder) throws IOException {
    Path source =
        Checkout.top().resolve("agent/src/main/java/io/kinesisagent/agent").resolve(bug.source());
    String text = Files.readString(source);
    assertThat(text.split(java.util.regex.Pattern.quote(bug.right()), -1))
        .as("the place of the bug in %s, once", bug.source())
        .hasSize(2);
    String planted = text.replace(bug.right(), bug.wrong());
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path file = sources.resolve(source.getFileName());
    Files.writeString(file, planted);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      folder.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
  }
}
