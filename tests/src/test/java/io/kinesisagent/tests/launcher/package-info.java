/** The shell programs that start the agent. */
package io.kinesisagent.tests.launcher;
