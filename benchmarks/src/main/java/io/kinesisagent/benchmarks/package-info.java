/** JMH benchmarks of the parts, and what they are measured against. */
package io.kinesisagent.benchmarks;
