/** What operators do to a running agent: reload, look, upgrade, change its checkpoints. */
package io.kinesisagent.tests.operations;
