package io.kinesisagent.processors;

import java.util.List;

/**
 * Access logs of an Application Load Balancer, the fields named and ordered as in the service's
 * guide. Fields came over the years: those behind the target group may be missing; what the service
 * adds behind the last known one is left out, as the guide asks of readers.
 */
final class AlbAccessFormat implements LineFormat {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "time",
          "elb",
          "client",
          "target",
          "request_processing_time",
          "target_processing_time",
          "response_processing_time",
          "elb_status_code",
          "target_status_code",
          "received_bytes",
          "sent_bytes",
          "request",
          "user_agent",
          "ssl_cipher",
          "ssl_protocol",
          "target_group_arn",
          "trace_id",
          "domain_name",
          "chosen_cert_arn",
          "matched_rule_priority",
          "request_creation_time",
          "actions_executed",
          "redirect_url",
          "error_reason",
          "target_list",
          "target_status_code_list",
          "classification",
          "classification_reason",
          "conn_trace_id");
  private static final int REQUIRED = 17;
  private static final int TIME = 1;

  @Override
  public List<String> fieldNames() {
    return FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    int at = from;
    int count = 0;
    while (count < FIELDS.size()) {
      int end = field(bytes, at, to, count, spans);
      if (end < 0) {
        return false;
      }
      count++;
      if (end == to) {
        break;
      }
      if (bytes[end] != ' ') {
        return false;
      }
      at = end + 1;
      if (at == to) {
        break;
      }
    }
    if (count < REQUIRED
        || DateLexer.rfc3339(bytes, spans.start(TIME), spans.end(TIME)) != spans.end(TIME)) {
      return false;
    }
    spans.nullDashes(bytes);
    return true;
  }

  /** {@code "(?:[^"\\]|\\.)*"|[^ "][^ ]*}. */
  private static int field(byte[] bytes, int from, int to, int field, FieldSpans spans) {
    if (Lexer.has(bytes, from, to, '"')) {
      int end = Lexer.escapedUnquoted(bytes, from + 1, to);
      spans.set(field, from + 1, end);
      return end < 0 ? -1 : end + 1;
    }
    int end = Lexer.unspaced(bytes, from, to);
    spans.set(field, from, end);
    return end;
  }
}
