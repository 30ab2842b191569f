package io.kinesisagent.spi;

import java.util.List;

/**
 * What a destination said when it was asked whether it would take records. Sentences for people,
 * without secrets. Immutable.
 *
 * @param facts what is as it should be, such as where credentials come from
 * @param doubts what may or may not hinder
 * @param failures what hinders, and what mends it
 */
public record Probe(List<String> facts, List<String> doubts, List<String> failures) {
  /** Of a destination that there is nothing to ask. */
  public static final Probe NOTHING = new Probe(List.of(), List.of(), List.of());

  public Probe {
    facts = List.copyOf(facts);
    doubts = List.copyOf(doubts);
    failures = List.copyOf(failures);
  }
}
