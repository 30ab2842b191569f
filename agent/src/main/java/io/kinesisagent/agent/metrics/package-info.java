/**
 * Numbers that operators look at. It owns counting; it knows nothing of where the numbers come from
 * or go to.
 */
package io.kinesisagent.agent.metrics;
