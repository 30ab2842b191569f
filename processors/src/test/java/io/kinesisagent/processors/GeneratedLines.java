package io.kinesisagent.processors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Lines of each format, of well-formed and strange parts, and their mutations. */
final class GeneratedLines {
  private static final String[] HOSTS = {
    "64.242.88.10",
    "host.example.com",
    "h",
    "a_b-c.d.",
    "1..2",
    "a..b",
    ".x",
    "::1",
    "2001:db8::1",
    "fe80::1%eth0",
    "-",
    "host:8080",
    "::1:99",
    "1:2",
    "host:0",
    "é"
  };
  private static final String[] USERS = {
    "-", "frank", "user@example.com", "D\\u", "a.b-c_d", "é", "\"\"", "[x]"
  };
  private static final String[] MONTHS = {
    "Jan", "January", "Feb", "Mar", "May", "June", "Jun", "Sept", "Dec", "mar", "August"
  };
  private static final String[] DAYS = {"1", "01", "9", "10", "29", "30", "31", "32", "0", "00"};
  private static final String[] WEEKDAYS = {"Mon", "Wednesday", "Tues", "Sun", "Thu", "Fri"};
  private static final String[] TIMES = {
    "16:10:02",
    "6:10:02",
    "23:59:60",
    "24:00:00",
    "00:00:00.123456",
    "1:02:3,5",
    "1:02:03:4",
    "1:2:03",
    "12:00:61",
    "12:00:5."
  };
  private static final String[] YEARS = {"2004", "1", "0004", "12004"};
  private static final String[] QUOTED = {
    "GET / HTTP/1.1",
    "",
    "-",
    "a \\\"b\\\" c",
    "GET /\\",
    "x\" 200 1 \"y",
    "é\u2028",
    "\\\\",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "\\é\\",
    "a\" \"b"
  };
  private static final String[] NUMBERS = {"200", "-", "0", "+5", "-12", "6291", "x", "--", "5x"};
  private static final String[] SPACES = {" ", " ", " ", "  ", "\t", "\n ", "\u000b"};
  private static final String[] MESSAGES = {
    "message",
    "",
    "-",
    "a: b",
    "multi\nline",
    "\r",
    "\"quoted\" \\ \u0001",
    "é€😀\u0085",
    "[ 12.3] a, client: 1.2.3.4",
    "\ufeffx"
  };
  private static final String[] INTERESTING = {
    " ",
    "-",
    "\"",
    "\\",
    "[",
    "]",
    ":",
    ".",
    "/",
    "<",
    ">",
    "0",
    "1",
    "9",
    "a",
    "é",
    "\n",
    "\r",
    "\t",
    ", client: ",
    "[client ",
    "] ",
    "\": ",
    "\\\"",
    "😀",
    "%",
    "_",
    "+",
    "=",
    "#",
    "*",
    "\u001b"
  };

  private final Random random;

  GeneratedLines(long seed) {
    random = new Random(seed);
  }

  /** A line of a format, more or less. */
  byte[] line(String format) {
    return switch (format) {
      case "COMMONAPACHELOG" -> utf8(access() + maybe(" \"" + of(QUOTED) + "\"x"));
      case "COMBINEDAPACHELOG" ->
          utf8(access() + " \"" + of(QUOTED) + "\" \"" + of(QUOTED) + "\"" + maybe(of(MESSAGES)));
      case "APACHEERRORLOG" -> utf8(error());
      case "SYSLOG" -> utf8(syslog(of(MONTHS) + of(SPACES) + of(DAYS) + of(SPACES) + of(TIMES)));
      case "RFC3339SYSLOG" -> utf8(syslog(rfc3339()));
      case "RFC5424SYSLOG" -> utf8(rfc5424());
      case "NGINXERRORLOG" -> utf8(nginx());
      case "ALBACCESSLOG" -> utf8(alb());
      default -> throw new IllegalArgumentException(format);
    };
  }

  /** The line with a few bytes inserted, removed, replaced, doubled or made malformed. */
  byte[] mutated(byte[] line) {
    byte[] mutated = line;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length + 1);
      int length = Math.min(random.nextInt(4), mutated.length - at);
      byte[] inserted =
          switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> java.util.Arrays.copyOfRange(mutated, at, at + length);
            default -> utf8(of(INTERESTING));
          };
      int removed = random.nextBoolean() ? 0 : length;
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(mutated, 0, at);
      changed.writeBytes(inserted);
      changed.write(mutated, at + removed, mutated.length - at - removed);
      mutated = changed.toByteArray();
    }
    return mutated;
  }

  private String access() {
    return of(HOSTS)
        + " "
        + of(USERS)
        + " "
        + of(USERS)
        + " ["
        + of(DAYS)
        + "/"
        + of(MONTHS)
        + "/"
        + of(YEARS)
        + ":"
        + of(TIMES)
        + of(SPACES)
        + of(NUMBERS)
        + "] \""
        + of(QUOTED)
        + "\" "
        + of(NUMBERS)
        + " "
        + of(NUMBERS);
  }

  private String error() {
    String time =
        of(WEEKDAYS)
            + of(SPACES)
            + of(MONTHS)
            + of(SPACES)
            + of(DAYS)
            + of(SPACES)
            + of(TIMES)
            + of(SPACES)
            + of(YEARS);
    return "["
        + time
        + "] ["
        + maybe("core:")
        + maybe("error")
        + "] "
        + maybe("[pid " + of(NUMBERS) + maybe(":tid " + of(NUMBERS)) + "] ")
        + maybe("[client" + maybe(":") + " " + of(HOSTS) + maybe(":5862") + "] ")
        + of(MESSAGES);
  }

  private String syslog(String time) {
    return maybe("<34>")
        + time
        + " "
        + maybe("<4.2> ")
        + maybe("<1" + of(INTERESTING) + "3> ")
        + of(HOSTS)
        + " app.name/x"
        + maybe("[" + of(NUMBERS) + "]")
        + ": "
        + of(MESSAGES);
  }

  private String rfc3339() {
    return "2017-01-31T18:47:01" + maybe(".123") + (random.nextBoolean() ? "Z" : "-08:00");
  }

  private String rfc5424() {
    String data = "[a@1" + maybe(" b=\"" + of(QUOTED) + "\"") + maybe(" é=\"\"") + "]";
    return "<"
        + of(NUMBERS)
        + ">1 "
        + (random.nextBoolean() ? "-" : rfc3339())
        + " "
        + of(HOSTS)
        + " "
        + of(HOSTS)
        + " "
        + of(NUMBERS)
        + " ID "
        + (random.nextBoolean() ? "-" : data + maybe(data))
        + maybe(" " + of(MESSAGES));
  }

  private String nginx() {
    return "2023/01/02 03:04:05 [error] "
        + of(NUMBERS)
        + "#34: "
        + maybe("*" + of(NUMBERS) + " ")
        + of(MESSAGES)
        + maybe(", client: " + of(HOSTS))
        + maybe(", server: " + of(HOSTS))
        + maybe(", request: \"" + of(QUOTED) + "\"")
        + maybe(", subrequest: \"/s\"")
        + maybe(", upstream: \"http://u/\"")
        + maybe(", host: \"" + of(HOSTS) + "\"")
        + maybe(", referrer: \"" + of(QUOTED) + "\"");
  }

  private String alb() {
    StringBuilder line = new StringBuilder("https ").append(rfc3339());
    int fields = random.nextBoolean() ? 28 : 13 + random.nextInt(18);
    for (int i = 0; i < fields; i++) {
      line.append(' ').append(random.nextBoolean() ? of(NUMBERS) : '"' + of(QUOTED) + '"');
    }
    return line + maybe(" ");
  }

  /** The first choices are the plain ones; most parts of most lines are plain. */
  private String of(String[] choices) {
    return choices[random.nextInt(10) > 0 ? random.nextInt(2) : random.nextInt(choices.length)];
  }

  private String maybe(String part) {
    return random.nextBoolean() ? part : "";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
