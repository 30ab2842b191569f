package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.Identity;
import io.kinesisagent.backends.aws.SdkClients;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.Probe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks a stream's service whether the stream is there, with a call that changes nothing. Safe for
 * use by several threads.
 */
final class StreamProbe {
  /** Asks for a stream's state; null where the answer does not tell. */
  @FunctionalInterface
  interface Question {
    String ask(Connection connection);
  }

  private final Connection connection;
  private final ServiceEndpoints endpoints;
  private final Destination stream;
  private final String action;
  private final Question question;

  /**
   * @param action what the question needs to be allowed, such as {@code
   *     kinesis:DescribeStreamSummary}
   */
  StreamProbe(
      Connection connection,
      ServiceEndpoints endpoints,
      Destination stream,
      String action,
      Question question) {
    this.connection = connection;
    this.endpoints = endpoints;
    this.stream = stream;
    this.action = action;
    this.question = question;
  }

  /** Starts to look up what requests need. */
  void prepare() {
    connection.prepare();
  }

  /** Asks; takes as long as a request may. */
  Probe ask() {
    List<String> facts = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    String service = connection.settings().place().service();
    connection
        .regionSource()
        .ifPresentOrElse(
            source -> facts.add("the region is " + connection.region() + ", from " + source),
            () ->
                doubts.add(
                    "no region is to be found: "
                        + connection.region()
                        + " is taken; name yours in "
                        + service
                        + ".region or AWS_REGION"));
    if (connection.identity() instanceof Identity.Known known) {
      facts.add("credentials come from " + connection.source(known.credentials()));
      ask(facts, doubts, failures);
    } else if (connection.identity() instanceof Identity.Unknown unknown) {
      failures.add(unknown.failure().detail());
    }
    return new Probe(facts, doubts, failures);
  }

  private void ask(List<String> facts, List<String> doubts, List<String> failures) {
    URI endpoint = endpoints.at(connection);
    try {
      String state = question.ask(connection);
      if (state == null || state.equals("ACTIVE")) {
        facts.add(
            endpoint + " answers" + (state == null ? "" : ": " + stream.name() + " is active"));
      } else {
        doubts.add(endpoint + " answers: " + stream.name() + " is " + state);
      }
    } catch (SdkException e) {
      explain(SdkClients.failure(e, connection, endpoint), endpoint, doubts, failures);
    }
  }

  private void explain(Failure failure, URI endpoint, List<String> doubts, List<String> failures) {
    switch (failure.code()) {
      case "AccessDeniedException" ->
          doubts.add(
              endpoint
                  + " answers and knows the credentials, but they do not allow "
                  + action
                  + ": whether "
                  + stream.name()
                  + " is there and takes records cannot be told");
      case "UnknownOperationException" ->
          doubts.add(
              endpoint
                  + " answers, but not whether "
                  + stream.name()
                  + " is there: it does not know "
                  + action);
      case "ResourceNotFoundException" ->
          failures.add(
              endpoint
                  + " knows no stream "
                  + stream.name()
                  + " in "
                  + connection.region()
                  + " for these credentials: "
                  + failure.detail());
      default ->
          failures.add(
              failure.detail().startsWith(failure.code())
                  ? failure.detail()
                  : failure.code() + ": " + failure.detail());
    }
  }
}
