package com.example.mask;

import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;

/** Masks long runs of digits, such as card numbers. Records without any pass unchanged. */
final class MaskProcessor implements Processor {
  private final int minDigits;
  private final byte mask;
  private final Counter maskedNumbers;

  MaskProcessor(int minDigits, byte mask, Counter maskedNumbers) {
    this.minDigits = minDigits;
    this.mask = mask;
    this.maskedNumbers = maskedNumbers;
  }

  @Override
  public void process(RecordView in, RecordSink sink) {
    byte[] bytes = in.array();
    int end = in.offset() + in.length();
    int start = nextNumber(bytes, in.offset(), end);
    if (start == end) {
      sink.forward(in);
      return;
    }
    MutableBytes out = sink.begin();
    int copied = in.offset();
    while (start < end) {
      int numberEnd = digitsEnd(bytes, start, end);
      out.append(bytes, copied, start - copied);
      for (int i = start; i < numberEnd; i++) {
        out.append(mask);
      }
      maskedNumbers.add(1);
      copied = numberEnd;
      start = nextNumber(bytes, numberEnd, end);
    }
    out.append(bytes, copied, end - copied);
    sink.commit();
  }

  /** Where the next run of enough digits begins, or {@code end}. */
  private int nextNumber(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      int digitsEnd = digitsEnd(bytes, at, end);
      if (digitsEnd - at >= minDigits) {
        return at;
      }
      at = Math.max(digitsEnd, at + 1);
    }
    return end;
  }

  private static int digitsEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
