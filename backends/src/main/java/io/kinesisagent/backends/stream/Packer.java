package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;

/** Makes wire records of a batch. Safe for use by several threads. */
interface Packer {
  /** What a batch may hold, so that its wire records fit into one request. */
  BatchLimits limits();

  /** What is made of records, in words that go on from "they are"; empty where nothing is. */
  default String words() {
    return "";
  }

  /** The wire records of a batch, valid as long as the batch is. */
  Packed pack(Batch batch);
}
