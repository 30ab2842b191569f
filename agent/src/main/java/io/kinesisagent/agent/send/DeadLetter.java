package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordView;

/**
 * A record that can never be delivered.
 *
 * @param reason why
 */
public record DeadLetter(RecordView record, Failure reason) {}
