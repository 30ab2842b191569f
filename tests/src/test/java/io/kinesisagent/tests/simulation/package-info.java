/**
 * The whole engine in one thread, on a model of a disk, a clock and a destination, driven by a
 * seed: writers, every way to rotate, faults, crashes. After it all the ledger says whether the
 * promise was kept. {@link io.kinesisagent.tests.simulation.Simulate} runs many seeds.
 */
package io.kinesisagent.tests.simulation;
