package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of a flow about its lines and records, from the text of agent.json to what is sent. */
class FlowKeysInEffectTest {
  /** Stands between two records; no test has it in one. */
  private static final String BETWEEN = "|";

  /** Its ninth and tenth byte are one character. */
  private static final String LONG = "12345678éabc\n";

  @TempDir Path folder;

  enum Lines {
    NONE_OF_THEM("", "b\n\na\r\n \n", "b\n", "\n", "a\r\n", " \n"),
    INCLUDE("'includeLinePattern': 'ERR(OR)?$'", "ERR x\nan ERROR\nERR\n", "an ERROR\n", "ERR\n"),
    EXCLUDE("'excludeLinePattern': '^#'", "#a\nb #\n\n # c\n", "b #\n", "\n", " # c\n"),
    BOTH(
        "'includeLinePattern': 'x', 'excludeLinePattern': 'y'", "x\ny\nxy\nz\nxx\n", "x\n", "xx\n"),
    SKIP_EMPTY("'skipEmptyLines': true", "\na\n\r\n \nb\n\n", "a\n", " \n", "b\n"),
    KEEP_EMPTY("'skipEmptyLines': false", "\na\n", "\n", "a\n"),
    HEADER("'skipHeaderLines': 2", "h1\nh2\na\nb\n", "a\n", "b\n"),
    HEADER_ALONE("'skipHeaderLines': 2", "h1\nh2"),
    NO_HEADER("'skipHeaderLines': 0", "a\n", "a\n"),
    FOOTER(
        "'fileFooterPattern': 'END \\\\d+'", "a\nno END 1\n\t END 12 \r\nb\n", "a\n", "no END 1\n"),
    HEADER_AND_FOOTER("'skipHeaderLines': 1, 'fileFooterPattern': 'x'", "x\na\nx\nb\n", "a\n"),
    FOOTER_ENDS_A_RECORD(
        "'multiLineStartPattern': 'S', 'fileFooterPattern': 'END'",
        "S1\n x\nEND\nS2\n",
        "S1\n x\n");

    private final String keys;
    private final String source;
    private final String expected;

    Lines(String keys, String source, String... expected) {
      this.keys = keys;
      this.source = source;
      this.expected = String.join(BETWEEN, expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Lines.class)
  void linesAreLeftOutAsTheKeysSay(Lines lines) {
    try (ConfiguredAgent agent = flow(lines.keys)) {
      assertThat(String.join(BETWEEN, agent.append(lines.source).takeSent()))
          .isEqualTo(lines.expected);
      assertThat(agent.letters()).isEmpty();
    }
  }

  @Test
  void aHeaderIsLeftOutOfEachNewFileAlsoLateAndAgainAfterATruncation() {
    try (ConfiguredAgent agent = flow("'skipHeaderLines': 2")) {
      assertThat(agent.append("").append("h1\nh").takeSent()).isEmpty();
      assertThat(agent.append("2\na\n").takeSent()).containsExactly("a\n");
      assertThat(agent.append("app0.log.1", "i1\ni2\nb\n").work(20).takeSent())
          .containsExactly("b\n");
      assertThat(agent.truncate().work(20).takeSent()).isEmpty();
      assertThat(agent.append("j1\nj2\nc\n").work(20).takeSent()).containsExactly("c\n");
    }
  }

  @Test
  void afterTheFooterNothingOfThatFileIsRead() {
    try (ConfiguredAgent agent = flow("'fileFooterPattern': 'END'")) {
      assertThat(agent.append("a\nEND\n").takeSent()).containsExactly("a\n");
      assertThat(agent.append("b\n").takeSent()).isEmpty();
      assertThat(agent.append("app0.log.1", "c\n").work(20).takeSent()).containsExactly("c\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, ''",
    "7, '''multiLineTimeoutMillis'': 7000,'",
    // By then the file is at rest, and looked at when directories are: every ten seconds.
    "65, '''multiLineTimeoutMillis'': 65000,'"
  })
  void anUnfinishedRecordIsWholeWhenItsFileHasNotGrownForTheTimeout(int seconds, String key) {
    try (ConfiguredAgent agent = flow(key + "'multiLineStartPattern': '\\\\['")) {
      assertThat(agent.append("[1]\n a\n[2]\n b\n").work(seconds - 2).kept().take())
          .containsExactly("[1]\n a\n");
      assertThat(agent.append(" c\n").work(seconds - 1).kept().take()).isEmpty();
      // Growth is seen within seconds, and a record sent a second after it is whole.
      assertThat(agent.work(5).kept().take()).containsExactly("[2]\n b\n c\n");
    }
  }

  @Test
  void theLongestTimesLetAFlowRest() {
    String most = "': " + Long.MAX_VALUE + ", '";
    try (ConfiguredAgent agent =
        flow(
            "'minTimeBetweenFilePollsMillis"
                + most
                + "maxTimeBetweenFileTrackerRefreshMillis"
                + most
                + "multiLineTimeoutMillis"
                + most
                + "multiLineStartPattern': '\\\\['")) {
      assertThat(agent.append("[1]\n[2]\n").takeSent()).containsExactly("[1]\n");
      assertThat(agent.flows().get(0).idleUntilNanos(agent.nanoTime()))
          .isGreaterThan(agent.nanoTime());
    }
  }

  @Test
  void withoutATimeoutARecordIsWholeAtTheEndOfItsFile() {
    try (ConfiguredAgent agent =
        flow("'multiLineTimeoutMillis': 0, 'multiLineStartPattern': '\\\\['")) {
      assertThat(agent.append("[1]\n a\n").takeSent()).containsExactly("[1]\n a\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"5, ''", "7, '''multiLineTimeoutMillis'': 7000,'"})
  void aPartOfAContainersLineKeepsOtherLinesWaitingForTheTimeout(int seconds, String key) {
    try (ConfiguredAgent agent = flow(key + "'lineFormat': 'CRI'")) {
      agent.append("t stderr P half\nt stdout F whole\n");
      assertThat(agent.work(seconds - 2).kept().take()).isEmpty();
      assertThat(agent.work(5).kept().take()).containsExactly("whole\n", "half");
    }
  }

  enum Oversize {
    PRESET("", "12345678\n"),
    TRUNCATE("'oversizeRecordOption': 'TRUNCATE', 'truncatedRecordTerminator': '~'", "12345678~"),
    SHORTER(
        "'oversizeRecordOption': 'truncate', 'truncatedRecordTerminator': '~~\\n'", "123456~~\n"),
    SPLIT("'oversizeRecordOption': 'SPLIT'", "12345678", "éabc\n"),
    DROP("'oversizeRecordOption': 'DROP'"),
    DEAD_LETTER("'oversizeRecordOption': 'DEAD_LETTER'");

    private final String keys;
    private final String made;

    Oversize(String keys, String... made) {
      this.keys = keys;
      this.made = String.join(BETWEEN, made);
    }
  }

  @ParameterizedTest
  @EnumSource(Oversize.class)
  void aRecordAboveTheLimitBecomesWhatTheOptionSays(Oversize oversize) {
    String keys = oversize.keys.isEmpty() ? "" : ", " + oversize.keys;
    try (ConfiguredAgent agent = flow("'mostRecordBytes': 9" + keys)) {
      List<String> expected = new ArrayList<>(List.of("12345678\n"));
      if (!oversize.made.isEmpty()) {
        expected.add(bytes(oversize.made, StandardCharsets.UTF_8));
      }
      expected.add("z\n");
      String source = bytes("12345678\n" + LONG + "z\n", StandardCharsets.UTF_8);
      assertThat(String.join(BETWEEN, agent.append(source).takeSent()))
          .isEqualTo(String.join(BETWEEN, expected));
      assertThat(agent.letters()).hasSize(oversize == Oversize.DEAD_LETTER ? 1 : 0);
      FlowStatus.Books books = agent.giveUp().flows().get(0).status().account();
      assertThat(books.dropped()).isEqualTo(oversize == Oversize.DROP ? 1 : 0);
      assertThat(books.bytesRead()).isEqualTo(source.length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '<a>;!b;<d>', ''",
    "RAW, '<a>;!b;?c;<d>', ''",
    "DROP, '<a>;<d>', ''",
    "DEAD_LETTER, '<a>;<d>', '!b;?c'"
  })
  void whatBecomesOfARecordThatCannotBeProcessed(String option, String sent, String lettered) {
    String key = option.isEmpty() ? "" : "'onProcessingError': '" + option + "', ";
    try (ConfiguredAgent agent =
        flow(key + "'dataProcessingOptions': [{'optionName': 'CHOOSY'}]")) {
      assertThat(String.join("", agent.append("a\n!b\n?c\nd\n").takeSent())).isEqualTo(lines(sent));
      assertThat(
              agent.letters().stream().map(FlowKeysInEffectTest::data).reduce("", String::concat))
          .isEqualTo(lines(lettered));
      FlowStatus.Books books = agent.giveUp().flows().get(0).status().account();
      assertThat(books.recordsRead()).isEqualTo(4);
      assertThat(books.deadLettered()).isEqualTo(agent.letters().size());
      assertThat(books.inFlight()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, '''encoding'': ''utf-8'','",
    "UTF-16LE, '''encoding'': ''UTF-16LE'','",
    "UTF-16BE, '''encoding'': ''UTF-16BE'','",
    "ISO-8859-1, '''encoding'': ''ISO-8859-1'','",
    "windows-1252, '''encoding'': ''windows-1252'','"
  })
  void everyEncodingArrivesInUtf8AndIsFiltered(Charset charset, String key) {
    try (ConfiguredAgent agent = flow(key + "'excludeLinePattern': 'né'")) {
      String source = bytes("grüße\r\nnée\nÿ\n", charset);
      assertThat(agent.append(source).takeSent())
          .containsExactly(
              bytes("grüße\r\n", StandardCharsets.UTF_8), bytes("ÿ\n", StandardCharsets.UTF_8));
      assertThat(agent.giveUp().flows().get(0).status().account().bytesRead())
          .isEqualTo(source.length());
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsTakenOff(Charset charset) {
    try (ConfiguredAgent agent = flow("'encoding': '" + charset + "'")) {
      assertThat(agent.append(bytes("\ufeffa\nb\n", charset)).takeSent())
          .containsExactly("a\n", "b\n");
    }
  }

  @Test
  void utf8PassesByteForByte() {
    try (ConfiguredAgent agent = flow("'skipHeaderLines': 0")) {
      assertThat(agent.append("\u00ff\u00fe\u0000\r\n").takeSent())
          .containsExactly("\u00ff\u00fe\u0000\r\n");
    }
  }

  /** A flow with these keys, single quotes standing for double ones. */
  private ConfiguredAgent flow(String keys) {
    String members = "\"keep\": \"k\"" + (keys.isEmpty() ? "" : ", " + keys.replace('\'', '"'));
    return new ConfiguredAgent(folder, "", members);
  }

  private static String bytes(String text, Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private static String lines(String joined) {
    return joined.isEmpty() ? "" : joined.replace(";", "\n") + "\n";
  }

  /** The data of a dead letter. */
  private static String data(String letter) {
    String field = letter.replaceFirst(".*\"data\":\"([^\"]*)\".*", "$1");
    return new String(Base64.getDecoder().decode(field), StandardCharsets.ISO_8859_1);
  }
}
