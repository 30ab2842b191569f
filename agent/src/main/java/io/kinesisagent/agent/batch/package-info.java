/**
 * Records packed for one request, and the memory that they take. It owns the batches and their
 * budget; it knows tails as what spans are tracked for, and nothing of destinations but their
 * limits.
 */
package io.kinesisagent.agent.batch;
