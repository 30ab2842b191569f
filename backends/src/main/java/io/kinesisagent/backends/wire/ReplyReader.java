package io.kinesisagent.backends.wire;

import io.kinesisagent.backends.aws.Faults;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.thirdparty.jackson.core.JacksonException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;

/**
 * Reads the answers of an operation, in JSON or CBOR, no further than it must: where the count of
 * failed records comes first and is 0, its first bytes tell, and the entries are passed over
 * unread. Immutable.
 */
public final class ReplyReader {
  /**
   * The error of a whole request.
   *
   * @param code empty where the answer has none
   */
  record RequestError(String code, String message) {}

  /** As many of an answer's first bytes as hold a count of failed records. */
  private static final int START_BYTES = 40;

  /** Knows the usual beginning of an answer to a request of which nothing failed. */
  interface FirstLook {
    /**
     * Whether an answer counts failed records first of all, and counts none; an answer of which
     * that cannot be told is read as any other.
     *
     * @param start what it begins with
     * @param length how much of {@code start} that is
     */
    boolean noneFailed(byte[] start, int length);
  }

  private final JsonFactory format;
  private final FirstLook firstLook;
  private final String failedCount;
  private final String entries;

  /**
   * A reader of one operation's answers.
   *
   * @param failedCount the name of the member that counts failed records
   * @param entries the name of the member with an entry a record
   */
  ReplyReader(JsonFactory format, FirstLook firstLook, String failedCount, String entries) {
    this.format = format;
    this.firstLook = firstLook;
    this.failedCount = failedCount;
    this.entries = entries;
  }

  /**
   * Reads an answer of success.
   *
   * @param size records of the request
   * @throws IOException where the connection fails; not where the answer is malformed, which is a
   *     result
   */
  SendResult read(InputStream body, int size) throws IOException {
    byte[] start = new byte[START_BYTES];
    int length = Math.max(0, body.read(start, 0, START_BYTES));
    return firstLook.noneFailed(start, length)
        ? SendResult.DELIVERED
        : parsed(new SequenceInputStream(new ByteArrayInputStream(start, 0, length), body), size);
  }

  private SendResult parsed(InputStream body, int size) throws IOException {
    try (JsonParser parser = parser(body)) {
      Map<Integer, Failure> failed = new HashMap<>();
      int answered = -1;
      Integer declared = null;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return malformed("it is not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(failedCount) && value == JsonToken.VALUE_NUMBER_INT) {
          declared = parser.getIntValue();
          if (declared == 0 && failed.isEmpty()) {
            return SendResult.DELIVERED;
          }
        } else if (name.equals(entries) && value == JsonToken.START_ARRAY) {
          answered = entries(parser, failed);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        return malformed("it ends early");
      }
      if (answered != size) {
        return malformed("it has " + answered + " entries for " + size + " records");
      }
      if (declared != null && declared != failed.size()) {
        return malformed("it counts " + declared + " failed records, and names " + failed.size());
      }
      return failed.isEmpty() ? SendResult.DELIVERED : new SendResult.Partial(failed);
    } catch (JacksonException e) {
      return malformed(e.getOriginalMessage());
    }
  }

  /**
   * Reads an answer of failure.
   *
   * @throws IOException where the connection fails; an answer of another form has no code
   */
  RequestError readError(InputStream body) throws IOException {
    String code = "";
    String message = "";
    try (JsonParser parser = parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new RequestError("", "");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("__type")) {
          // Some services put a namespace before the name.
          code = parser.getText().substring(parser.getText().indexOf('#') + 1);
        } else if (value == JsonToken.VALUE_STRING && name.equalsIgnoreCase("message")) {
          message = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      return new RequestError(code, message);
    } catch (JacksonException e) {
      return new RequestError(code, message);
    }
  }

  private JsonParser parser(InputStream body) throws IOException {
    return format.createParser(body).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  /** Reads the entries of an array; returns how many there are. */
  private static int entries(JsonParser parser, Map<Integer, Failure> failed) throws IOException {
    int index = 0;
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String code = null;
      String message = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("ErrorCode")) {
          code = parser.getText();
        } else if (value == JsonToken.VALUE_STRING && name.equals("ErrorMessage")) {
          message = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      if (code != null) {
        failed.put(index, Faults.of(0, code, message));
      }
      index++;
    }
    return index;
  }

  private static SendResult malformed(String why) {
    return new SendResult.Failed(
        new Failure(
            Disposition.RETRY, "MalformedReply", "the service's answer cannot be read: " + why));
  }
}
