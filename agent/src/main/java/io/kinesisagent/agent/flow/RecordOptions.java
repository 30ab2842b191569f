package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.Processor;
import java.util.List;

/**
 * What becomes of a record between its file and its batch.
 *
 * @param preparation what makes a record of a line, such as another encoding or a filter
 * @param processors what the configuration names, in order; mostly empty
 * @param onError what to do where a processor fails; null for what the kind of failure asks for
 * @param oversize what to do with what is too long
 * @param truncatedTerminator the last bytes of a record that was cut
 */
public record RecordOptions(
    List<Processor> preparation,
    List<Processor> processors,
    OnError onError,
    Oversize oversize,
    String truncatedTerminator) {
  /** Records as they are, cut where they are too long. */
  public static RecordOptions plain() {
    return new RecordOptions(List.of(), List.of(), null, Oversize.TRUNCATE, "\n");
  }
}
