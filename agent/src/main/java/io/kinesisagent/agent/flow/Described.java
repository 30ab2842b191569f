package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.Processor;

/**
 * A processor that knows something of the records that it makes besides their bytes. What it tells
 * is of the last record it was given.
 */
interface Described extends Processor {
  /**
   * An attribute of one of the records made of the last one.
   *
   * @param index which of them, from 0
   * @return the value, or null where there is none of that name
   */
  String attribute(int index, String name);
}
