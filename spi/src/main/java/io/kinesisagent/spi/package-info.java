/**
 * What the author of a plugin sees: a record's bytes, the {@link io.kinesisagent.spi.Processor}
 * that changes records, the {@link io.kinesisagent.spi.Backend} that delivers them, the typed
 * settings of agent.json and the clock. It depends on nothing but the JDK and knows nothing of the
 * engine.
 */
package io.kinesisagent.spi;
