package io.kinesisagent.tests.tailing;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what it is sent, and answers at once or, while it is silent, not before it is told to. */
final class Destination implements Backend {
  private final List<String> records = new ArrayList<>();
  private final List<CompletableFuture<SendResult>> unanswered = new ArrayList<>();
  private boolean silent;

  /** What has arrived since the last time; each byte is a character. */
  List<String> take() {
    List<String> taken = List.copyOf(records);
    records.clear();
    return taken;
  }

  /** Takes everything, and does not say so. */
  void fallSilent() {
    silent = true;
  }

  /** Answers what was sent meanwhile, and whatever comes at once. */
  void answer() {
    silent = false;
    unanswered.forEach(answer -> answer.complete(new SendResult.Delivered()));
    unanswered.clear();
  }

  @Override
  public BatchLimits limits() {
    return SteppedFlow.limits();
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      records.add(
          new String(
              cursor.array(), cursor.offset(), cursor.length(), StandardCharsets.ISO_8859_1));
    }
    CompletableFuture<SendResult> answer = new CompletableFuture<>();
    if (silent) {
      unanswered.add(answer);
    } else {
      answer.complete(new SendResult.Delivered());
    }
    return answer;
  }

  @Override
  public void close() {}
}
