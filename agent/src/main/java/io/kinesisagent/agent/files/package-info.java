/**
 * What the engine asks of a file system, and no more: listing, looking, opening, reading at a
 * position, and a folder for its own state. It owns the one implementation over {@code
 * java.nio.file} and knows nothing of tails, flows or patterns; the simulation puts a model of a
 * disk behind the same interfaces.
 */
package io.kinesisagent.agent.files;
