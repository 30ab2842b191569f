package io.kinesisagent.agent.app;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The status as text of 80 columns. */
final class StatusText {
  static final int COLUMNS = 80;
  private static final int BAR = 30;
  private static final int MOST_FILES = 10;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private StatusText() {}

  /**
   * The first lines, with a note on how many there are more.
   *
   * @param rows how many there may be
   */
  static List<String> of(AgentStatus status, int rows) {
    List<String> all = of(status);
    if (all.size() <= rows) {
      return all;
    }
    List<String> shown = new ArrayList<>(all.subList(0, rows - 1));
    shown.add("… " + (all.size() - shown.size()) + " more lines than this terminal holds");
    return shown;
  }

  /** The lines, without their ends. */
  static List<String> of(AgentStatus status) {
    List<String> lines = new ArrayList<>();
    wrap(
        lines,
        "",
        "aws-kinesis-agent "
            + status.version()
            + "  process "
            + status.pid()
            + "  up "
            + Amounts.time((status.epochMillis() - status.startedEpochMillis()) / 1000)
            + "  memory "
            + Amounts.bytes(status.memoryBytes())
            + " of "
            + Amounts.bytes(status.memoryBoundBytes()));
    if (status.checkpointTrouble() != null) {
      wrap(lines, "CHECKPOINTS CANNOT BE WRITTEN: ", status.checkpointTrouble());
    }
    if (status.refusal() != null) {
      Refusal refusal = status.refusal();
      wrap(lines, "RELOAD REFUSED at " + time(refusal.epochMillis()) + ": ", refusal.line());
    }
    for (FlowStatus flow : status.flows()) {
      lines.add("");
      flow(lines, flow, status.epochMillis());
    }
    return lines;
  }

  private static void flow(List<String> lines, FlowStatus flow, long nowMillis) {
    lines.add(Amounts.fit("flow " + flow.flow(), COLUMNS));
    lines.add("  " + Amounts.fit(state(flow) + " to " + flow.destination(), COLUMNS - 2));
    if (flow.load().restarts() > 0) {
      lines.add("  made anew " + Amounts.counted(flow.load().restarts(), "time"));
    }
    behind(lines, flow);
    FlowStatus.Rates rates = flow.rates();
    wrap(
        lines,
        "  rate      ",
        String.format(
            Locale.ROOT,
            "read %s/s, sent %s/s = %s records/s",
            Amounts.bytes(Math.round(rates.bytesReadPerSecond())),
            Amounts.bytes(Math.round(rates.bytesSentPerSecond())),
            Amounts.count(Math.round(rates.recordsSentPerSecond()))));
    FlowStatus.Books books = flow.account();
    wrap(
        lines,
        "  bytes     ",
        Amounts.count(books.bytesRead())
            + " read = "
            + Amounts.count(books.bytesInRecords())
            + " in records + "
            + Amounts.count(books.bytesSkipped())
            + " skipped");
    wrap(
        lines,
        "  records   ",
        Amounts.count(books.recordsRead())
            + " read = "
            + Amounts.count(books.delivered())
            + " delivered + "
            + Amounts.count(books.dropped())
            + " dropped + "
            + Amounts.count(books.deadLettered())
            + " dead letters + "
            + Amounts.count(books.inFlight())
            + " in flight ("
            + flow.load().batches()
            + (flow.load().batches() == 1 ? " batch)" : " batches)"));
    if (books.gapBytes() > 0) {
      lines.add("  LOST      " + Amounts.bytes(books.gapBytes()) + " were destroyed unread");
    }
    counts(lines, "errors", flow.counts().errors());
    counts(lines, "events", flow.counts().events());
    error(lines, flow.lastError(), nowMillis);
    files(lines, flow);
  }

  private static String state(FlowStatus flow) {
    return flow.state().equals("waiting") ? "waiting for memory, to ship" : flow.state();
  }

  private static void counts(List<String> lines, String what, Map<String, Long> counts) {
    String counted =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getKey() + " " + Amounts.count(count.getValue()))
            .collect(Collectors.joining(", "));
    if (!counted.isEmpty()) {
      wrap(lines, String.format(Locale.ROOT, "  %-10s", what), counted);
    }
  }

  private static void behind(List<String> lines, FlowStatus flow) {
    FlowStatus.Lag lag = flow.lag();
    if (lag.bytes() == 0) {
      lines.add("  behind    nothing in " + Amounts.counted(lag.files(), "file"));
      return;
    }
    wrap(
        lines,
        "  behind    ",
        Amounts.bytes(lag.bytes())
            + " in "
            + Amounts.count(lag.filesBehind())
            + " of "
            + Amounts.counted(lag.files(), "file")
            + (lag.bytesUnread() == 0 ? ", read and under way" : "")
            + ", for "
            + Amounts.time(lag.seconds()));
    if (lag.bytesUnread() == 0) {
      return;
    }
    double done = 1 - (double) lag.bytes() / Math.max(lag.bytes(), lag.bytesOfFilesBehind());
    int full = (int) Math.round(done * BAR);
    lines.add(
        String.format(
            Locale.ROOT,
            "  progress  [%s%s] %.0f %%   %s",
            "#".repeat(full),
            "-".repeat(BAR - full),
            done * 100,
            flow.rates().secondsLeft() < 0
                ? "not catching up"
                : Amounts.time(flow.rates().secondsLeft()) + " left"));
  }

  private static void error(List<String> lines, FlowStatus.LastError error, long nowMillis) {
    if (error == null) {
      return;
    }
    boolean now = nowMillis - error.epochMillis() < 60_000;
    String when =
        now
            ? "since " + time(error.sinceEpochMillis())
            : Amounts.time((nowMillis - error.epochMillis()) / 1000) + " ago";
    wrap(lines, now ? "  ERROR     " : "  error     ", when + ": " + error.message());
  }

  private static void files(List<String> lines, FlowStatus flow) {
    if (flow.files().isEmpty()) {
      return;
    }
    lines.add(
        String.format(Locale.ROOT, "  %-42s %11s %11s %s", "file", "read", "behind", "state"));
    for (FileStatus file : flow.files().subList(0, Math.min(MOST_FILES, flow.files().size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-42s %11s %11s %s",
              Amounts.fit(file.path(), 42),
              Amounts.bytes(file.offset()),
              file.bytesBehind() == 0 ? "-" : Amounts.bytes(file.bytesBehind()),
              file.phase()));
      if (file.trouble() != null) {
        wrap(lines, "    ", "cannot be read: " + file.trouble());
      }
    }
    if (flow.lag().files() > MOST_FILES) {
      lines.add("  and " + Amounts.counted(flow.lag().files() - MOST_FILES, "more file"));
    }
  }

  private static String time(long epochMillis) {
    return TIME.withZone(ZoneId.systemDefault()).format(Instant.ofEpochMilli(epochMillis));
  }

  /** Breaks a sentence at blanks; what follows the first line is indented as deep as its lead. */
  private static void wrap(List<String> lines, String lead, String sentence) {
    String left = lead;
    String rest = sentence.replaceAll("\\p{Cntrl}", " ");
    int room = COLUMNS - lead.length();
    while (rest.length() > room) {
      int cut = rest.lastIndexOf(' ', room);
      cut = cut <= 0 ? room : cut;
      lines.add((left + rest.substring(0, cut)).stripTrailing());
      rest = rest.substring(cut).stripLeading();
      left = " ".repeat(lead.length());
    }
    lines.add(left + rest);
  }
}
