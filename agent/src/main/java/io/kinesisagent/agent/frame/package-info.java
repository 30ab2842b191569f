/**
 * Where records end in a file's bytes. It owns pure searches over arrays; it reads nothing and
 * keeps nothing between calls.
 */
package io.kinesisagent.agent.frame;
