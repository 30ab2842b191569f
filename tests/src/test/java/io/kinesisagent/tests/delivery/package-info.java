/** The agent as a process before services that refuse, throttle, vanish and come back. */
package io.kinesisagent.tests.delivery;
