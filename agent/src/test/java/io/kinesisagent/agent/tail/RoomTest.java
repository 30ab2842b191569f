package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.tail.Room.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoomTest {
  private final Room room = new Room();

  @Test
  void nulsUpToTheEndOfTheFileAreRoom() throws IOException {
    OpenFile file = file("a\n" + "\0".repeat(200_000));
    assertThat(room.find(file, 2, 1000, false)).isEqualTo(Finding.ROOM);
    assertThat(room.from()).isEqualTo(2);
    assertThat(room.isFilled(file)).isFalse();
    assertThat(room.isFilled(file("a\nb\n"))).isTrue();
  }

  @Test
  void nulsThatSomethingFollowsAreAHoleOnceThatIsKnown() throws IOException {
    for (String behind : new String[] {"b", "b" + "\0".repeat(100_000)}) {
      room.forget();
      OpenFile file = file("a\n" + "\0".repeat(200_000) + behind);
      assertThat(room.find(file, 2, 1000, false)).isEqualTo(Finding.FILLED);
      assertThat(room.find(file, 2, 1000, false)).isEqualTo(Finding.HOLE);
    }
  }

  @Test
  void whatFollowedInAFileThatWasCutSaysNothingOfTheNulsThatItHasNow() throws IOException {
    assertThat(room.find(file("a\n\0\0\0\0b"), 2, 4, false)).isEqualTo(Finding.FILLED);
    assertThat(room.find(file("c\n\0\0\0\0\0\0\0"), 2, 4, false)).isEqualTo(Finding.ROOM);
  }

  @Test
  void whatWasRoomInAFileThatWasCutSaysNothingOfAShorterOne() throws IOException {
    assertThat(room.find(file("a\n" + "\0".repeat(9)), 2, 4, false)).isEqualTo(Finding.ROOM);
    assertThat(room.find(file("c\n\0\0b\0"), 2, 4, false)).isEqualTo(Finding.FILLED);
  }

  private static OpenFile file(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    GrowingFile file = new GrowingFile(bytes, false);
    file.grow(bytes.length);
    return file;
  }
}
