package io.kinesisagent.tests.support;

import java.util.Map;

/** What an endpoint does with one request. */
public sealed interface Answer {
  /** Accepts all records but {@code failed}, whose values are error codes by index. */
  record Accept(Map<Integer, String> failed) implements Answer {
    public Accept {
      failed = Map.copyOf(failed);
    }
  }

  /** Accepts nothing and answers with an error. */
  record Refuse(int status, String type, String message) implements Answer {}

  /** Accepts all records, then cuts the connection without an answer. */
  record AcceptAndCut() implements Answer {}

  /** Cuts the connection before anything is accepted. */
  record Cut() implements Answer {}
}
