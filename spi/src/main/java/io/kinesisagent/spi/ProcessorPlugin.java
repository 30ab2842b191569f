package io.kinesisagent.spi;

/** Makes the processors of one {@code optionName}. */
public interface ProcessorPlugin extends Plugin<Processor> {}
