package io.kinesisagent.processors;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The built-in formats as regular expressions: what the hand-written parsers are held against. Each
 * field is a group.
 */
final class ReferencePatterns {
  private static final String INT = "[+-]?[0-9]+";
  private static final String MONTH =
      "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
          + "|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
  private static final String WEEKDAY =
      "(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?"
          + "|Sun(?:day)?)";
  private static final String MONTH_DAY = "(?:0[1-9]|[12][0-9]|3[01]|[1-9])";
  private static final String YEAR = "[1-9][0-9]*";
  private static final String TIME =
      "(?:2[0-3]|[01]?[0-9]):[0-5][0-9]:(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?";
  private static final String RFC3339 =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)";

  private static final String NAMED_HOST = "(?:[\\w-]+(?:\\.[\\w-]+)*\\.?|[0-9.]+)";
  private static final String ADDRESS6 = "[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?";
  private static final String ESCAPED = "(?:[^\"\\\\]|\\\\.)*";
  private static final String USER = "[^\\s\"\\[\\]]+";
  private static final String QUOTED = "\"([^\"]+|" + ESCAPED + ")\"";

  /**
   * What was taken of old: of a line that is of such a form, the fields must stay what they were.
   */
  private static final String STRICT_USER = "[a-zA-Z0-9._-]+";

  private static final String STRICT_QUOTED = "\"([^\"]+)\"";

  private static final String COMMON = access(NAMED_HOST + "|" + ADDRESS6, USER, QUOTED);
  private static final String STRICT_COMMON = access(NAMED_HOST, STRICT_USER, STRICT_QUOTED);
  private static final String ERROR_HEAD =
      "\\[(" + WEEKDAY + "\\s+" + MONTH + "\\s+" + MONTH_DAY + "\\s+" + TIME + "\\s+" + YEAR
          + ")\\] ";
  private static final String TRADITIONAL = MONTH + "\\s+" + MONTH_DAY + "\\s+" + TIME;
  private static final String SD_NAME = "[^\\s=\"\\]]+";

  static final Map<String, Pattern> EXTENDED =
      Map.of(
          "COMMONAPACHELOG", compile(COMMON + ".*"),
          "COMBINEDAPACHELOG", compile(COMMON + " " + QUOTED + " " + QUOTED + ".*"),
          "APACHEERRORLOG",
              compile(
                  ERROR_HEAD
                      + "\\[(?:(\\w+)?:)?(\\w+)\\] "
                      + "(?:\\[pid (\\d+)(?::tid (\\d+))?\\] )?"
                      + "(?:\\[client:? ("
                      + NAMED_HOST
                      + "(?::[1-9]\\d*)?|"
                      + ADDRESS6
                      + ")\\] )?(.*)"),
          "SYSLOG", compile(syslog("(?:<\\d{1,3}>)?", TRADITIONAL, "|" + ADDRESS6, "[0-9]+")),
          "RFC3339SYSLOG", compile(syslog("(?:<\\d{1,3}>)?", RFC3339, "|" + ADDRESS6, "[0-9]+")),
          "RFC5424SYSLOG",
              compile(
                  "<(\\d{1,3})>([1-9]\\d{0,2}) ("
                      + RFC3339
                      + "|-) ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+) (-|(?:\\["
                      + SD_NAME
                      + "(?: "
                      + SD_NAME
                      + "=\""
                      + ESCAPED
                      + "\")*\\])+)(?: \\x{FEFF}?(.*))?"),
          "ALBACCESSLOG", compile(alb()),
          "NGINXERRORLOG",
              compile(
                  "(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[(\\w+)\\] (\\d+)#(\\d+): "
                      + "(?:\\*(\\d+) )?(.*?)(?:, client: ([^,]*)(?:, server: ([^,]*))?"
                      + "(?:, request: \"([^\"]*)\")?(?:, subrequest: \"([^\"]*)\")?"
                      + "(?:, upstream: \"([^\"]*)\")?(?:, host: \"([^\"]*)\")?"
                      + "(?:, referrer: \"([^\"]*)\")?)?"));

  static final Map<String, Pattern> STRICT =
      Map.of(
          "COMMONAPACHELOG", compile(STRICT_COMMON + ".*"),
          "COMBINEDAPACHELOG",
              compile(STRICT_COMMON + " " + STRICT_QUOTED + " " + STRICT_QUOTED + ".*"),
          "APACHEERRORLOG",
              compile(
                  ERROR_HEAD
                      + "\\[(?:(\\w+):)?(\\w+)\\] \\[pid (\\d+)(?::tid (\\d+))?\\] \\[client ("
                      + NAMED_HOST
                      + "(?::[1-9]\\d*)?)\\] (.*)"),
          "SYSLOG", compile(syslog("", TRADITIONAL, "", YEAR)),
          "RFC3339SYSLOG", compile(syslog("", RFC3339, "", YEAR)));

  static final List<String> DASH_IS_NULL =
      List.of("COMMONAPACHELOG", "COMBINEDAPACHELOG", "APACHEERRORLOG", "ALBACCESSLOG");

  private ReferencePatterns() {}

  private static String access(String host, String user, String quoted) {
    return "(" + host + ") (" + user + ") (" + user + ") \\[(" + MONTH_DAY + "/" + MONTH + "/"
        + YEAR + ":" + TIME + "\\s" + INT + ")\\] " + quoted + " (" + INT + "|-) (" + INT + "|-)";
  }

  private static String syslog(String before, String time, String host, String process) {
    return before
        + "("
        + time
        + ") (?:<[0-9]+.[0-9]+> )?([a-zA-Z0-9._-]+"
        + host
        + ") ([\\w./%-]+)(?:\\[("
        + process
        + ")\\])?: (.*)";
  }

  /** The quotes are in the groups. */
  private static String alb() {
    String field = "(\"" + ESCAPED + "\"|[^ \"][^ ]*)";
    String required = field + " (\"" + RFC3339 + "\"|" + RFC3339 + ")" + (" " + field).repeat(15);
    return required + ("(?: | " + field).repeat(13) + "(?: .*)?" + ")?".repeat(13);
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
