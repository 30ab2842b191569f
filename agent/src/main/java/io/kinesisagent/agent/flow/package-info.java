/**
 * One flow: its files, its processors, its destination, and the task that does it all in turn. It
 * owns the order of the steps; each step belongs to another package.
 */
package io.kinesisagent.agent.flow;
