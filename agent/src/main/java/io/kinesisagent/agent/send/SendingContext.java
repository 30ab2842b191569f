package io.kinesisagent.agent.send;

import java.util.random.RandomGenerator;

/**
 * What the senders of all flows have in common.
 *
 * @param permits the bound on requests in flight over all flows
 * @param deadLetters where records go that can never be delivered
 * @param random the jitter of waits; safe for the threads of all flows
 */
public record SendingContext(Permits permits, DeadLetters deadLetters, RandomGenerator random) {}
