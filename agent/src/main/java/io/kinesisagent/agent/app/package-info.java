/**
 * The program: its commands, and how a configuration becomes running flows. The only package that
 * sees all the others, and the only one that ends the process.
 */
package io.kinesisagent.agent.app;
