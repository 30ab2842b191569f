/**
 * The whole-process benchmark: the agent as people run it, and other agents beside it, against a
 * sink that keeps an exact account. Knows the agent's programs and its configuration file, not its
 * classes.
 */
package io.kinesisagent.benchmarks.process;
