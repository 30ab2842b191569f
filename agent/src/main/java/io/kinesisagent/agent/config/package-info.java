/**
 * What agent.json says. Owns reading it, the declarations of the engine's own keys, their
 * validation against those and the plugins' declarations, and what is generated from them (the
 * schema, the reference page). It must not know the engine that runs by it: it opens no log file,
 * starts no thread and calls no destination.
 */
package io.kinesisagent.agent.config;
