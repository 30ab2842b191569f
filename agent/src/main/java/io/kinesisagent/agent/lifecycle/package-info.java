/**
 * Tasks and the threads that run them. It owns threads, idling and what happens when a task fails;
 * it knows nothing of what a task does.
 */
package io.kinesisagent.agent.lifecycle;
