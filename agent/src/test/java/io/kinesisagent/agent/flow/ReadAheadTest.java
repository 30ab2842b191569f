package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.send.SenderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination that answers one request after the other, slower than files are read. */
class ReadAheadTest {
  private static final int LINES = 50_000;
  private static final String LINE = "a line of an access log ".repeat(6) + "\n";

  @TempDir Path folder;

  @Test
  void aFileIsReadAboutOnceAndNotForEachBatchAnew() {
    CountedBytes files = new CountedBytes();
    try (FlowFixture flow =
        FlowFixture.ofLines(folder, 1 << 20, files, new SenderOptions(100, 8, 4 << 20, 0, 0))) {
      flow.append(LINE.repeat(LINES));
      flow.hold();
      while (flow.sent.size() < LINES) {
        flow.stepAndAnswer();
      }
      flow.letGo();
      flow.work();
      assertThat(flow.sent).hasSize(LINES).containsOnly(LINE);
    }
    assertThat(files.bytes).isLessThan(2L * LINES * LINE.length());
  }

  /** Counts what is read of all files. */
  private static final class CountedBytes implements FileSource {
    private final FileSource files = new NioFileSource();
    private long bytes;

    @Override
    public List<Path> list(Path directory) throws IOException {
      return files.list(directory);
    }

    @Override
    public FileStat stat(Path path) throws IOException {
      return files.stat(path);
    }

    @Override
    public OpenFile open(Path path) throws IOException {
      OpenFile file = files.open(path);
      return new OpenFile() {
        @Override
        public FileKey key() {
          return file.key();
        }

        @Override
        public long size() throws IOException {
          return file.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
          int read = file.read(position, into, offset, length);
          bytes += read;
          return read;
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
