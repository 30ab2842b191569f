/**
 * What the tests that cross modules share: the agent as a process, writers that rotate, a Kinesis
 * endpoint that can be made to fail, and the account of what was written and what arrived.
 */
package io.kinesisagent.tests.support;
