package io.kinesisagent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedPatternTest {
  @Test
  void matchesAsTheSameExpressionMatchesTheDecodedText() throws ProcessingException {
    String[] regexes = {
      "a.c", "(\\S+) (.*)", "é(.)?", ".*\uFFFD(x)", "(?<x>😀)+", "", "\\p{L}+", "[^a]"
    };
    String[] texts = {"abc", "aéc", "x y\nz", "é", "éé", "😀😀", "", "b", "\u0000", "key välue"};
    for (String regex : regexes) {
      BoundedPattern bounded = new BoundedPattern(Pattern.compile(regex), Clock.system());
      Matcher matcher = Pattern.compile(regex).matcher("");
      for (String text : texts) {
        byte[] bytes = ("++" + text + "++").getBytes(StandardCharsets.UTF_8);
        int length = bytes.length - 4;
        matcher.reset(text);
        boolean matches = matcher.matches();
        assertThat(bounded.matches(bytes, 2, length)).as(regex + text).isEqualTo(matches);
        if (matches) {
          compareGroups(bounded, matcher, bytes);
        }
        boolean lookingAt = matcher.lookingAt();
        assertThat(bounded.lookingAt(bytes, 2, length)).as(regex + text).isEqualTo(lookingAt);
        matcher.reset();
        bounded.reset(bytes, 2, length);
        while (matcher.find()) {
          assertThat(bounded.find()).isTrue();
          compareGroups(bounded, matcher, bytes);
        }
        assertThat(bounded.find()).isFalse();
      }
    }
  }

  @Test
  void malformedBytesAreOneReplacementCharacter() throws ProcessingException {
    BoundedPattern pattern = new BoundedPattern(Pattern.compile("a(\uFFFD)(b)"), Clock.system());
    byte[] bytes = {'a', (byte) 0xE2, (byte) 0x82, 'b'};
    assertThat(pattern.matches(bytes, 0, 4)).isTrue();
    assertThat(pattern.start(1)).isEqualTo(1);
    assertThat(pattern.end(1)).isEqualTo(3);
    assertThat(pattern.end(2)).isEqualTo(4);
  }

  @Test
  void catastrophicBacktrackingEndsInTime() {
    BoundedPattern pattern = new BoundedPattern(Pattern.compile("((x+)x+)+\\2y"), Clock.system());
    byte[] bytes = "x".repeat(60).getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    assertThatThrownBy(() -> pattern.matches(bytes, 0, bytes.length))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.kind()).isEqualTo(ProcessingException.Kind.FAILED))
        .hasMessageContaining("((x+)x+)+\\2y");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void catastrophicBacktrackingEndsUnderAClockThatStands() {
    BoundedPattern pattern = new BoundedPattern(Pattern.compile("((x+)x+)+\\2y"), standing());
    byte[] bytes = "x".repeat(60).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> pattern.lookingAt(bytes, 0, bytes.length))
        .isInstanceOf(ProcessingException.class);
  }

  @Test
  void tooDeepRecursionIsTheRecordsFailureAlone() throws ProcessingException {
    BoundedPattern pattern = new BoundedPattern(Pattern.compile("(a|b)*"), Clock.system());
    byte[] bytes = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> pattern.matches(bytes, 0, bytes.length))
        .isInstanceOf(ProcessingException.class);
    assertThat(pattern.matches(bytes, 0, 3)).isTrue();
  }

  @Test
  void aLongRecordOfAPlainPatternNeedsNoClock() throws ProcessingException {
    AtomicInteger asked = new AtomicInteger();
    Clock clock = counting(asked);
    BoundedPattern pattern = new BoundedPattern(Pattern.compile("([^,]*,)*(.*)z"), clock);
    byte[] bytes =
        ("abc,".repeat(300) + "x".repeat(1 << 20) + "z").getBytes(StandardCharsets.UTF_8);
    assertThat(pattern.matches(bytes, 0, bytes.length)).isTrue();
    assertThat(asked).hasValue(0);
  }

  private static void compareGroups(BoundedPattern bounded, Matcher matcher, byte[] bytes) {
    assertThat(bounded.groupCount()).isEqualTo(matcher.groupCount());
    for (int group = 0; group <= matcher.groupCount(); group++) {
      String expected = matcher.group(group);
      if (expected == null) {
        assertThat(bounded.start(group)).isEqualTo(-1);
        assertThat(bounded.end(group)).isEqualTo(-1);
      } else {
        int start = bounded.start(group);
        String found = new String(bytes, start, bounded.end(group) - start, StandardCharsets.UTF_8);
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  private static Clock standing() {
    return counting(new AtomicInteger());
  }

  private static Clock counting(AtomicInteger asked) {
    return new Clock() {
      @Override
      public long nanoTime() {
        asked.incrementAndGet();
        return 0;
      }

      @Override
      public long epochMillis() {
        return 0;
      }
    };
  }
}
