/**
 * How much of a file is settled: the contiguous prefix of which every record was delivered, dropped
 * by rule or dead-lettered. It owns nothing but numbers.
 */
package io.kinesisagent.agent.ack;
