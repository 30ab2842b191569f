/**
 * Batches on their way: bounded requests in flight, retry, back-off, rate, dead letters. It owns
 * what happens between a sealed batch and its end; it knows a destination only as a {@code
 * Backend}.
 */
package io.kinesisagent.agent.send;
