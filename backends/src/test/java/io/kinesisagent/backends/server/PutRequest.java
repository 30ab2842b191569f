package io.kinesisagent.backends.server;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/**
 * A decoded PutRecords or PutRecordBatch request.
 *
 * @param target the header that names service and operation
 * @param stream the stream's name or ARN, whichever was sent
 * @param records the records' data
 * @param keys the records' partition keys; null in place of an absent one
 */
public record PutRequest(
    Headers headers, String target, String stream, List<byte[]> records, List<String> keys) {

  static PutRequest decode(Headers headers, byte[] body) throws IOException {
    String stream = null;
    List<byte[]> records = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    JsonFactory format = isCbor(headers) ? new CBORFactory() : new JsonFactory();
    try (JsonParser parser = format.createParser(body)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals("Records")) {
          expect(parser.nextToken(), JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            record(parser, records, keys);
          }
        } else {
          stream = parser.nextTextValue();
        }
      }
      if (parser.nextToken() != null) {
        throw new IOException("more follows the request's object");
      }
    }
    return new PutRequest(headers, headers.getFirst("X-Amz-Target"), stream, records, keys);
  }

  private static void record(JsonParser parser, List<byte[]> records, List<String> keys)
      throws IOException {
    byte[] data = null;
    String key = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "Data" -> data = parser.getBinaryValue();
        case "PartitionKey" -> key = parser.getText();
        default -> throw new IOException("a record has no field " + name);
      }
    }
    records.add(data);
    keys.add(key);
  }

  private static void expect(JsonToken seen, JsonToken expected) throws IOException {
    if (seen != expected) {
      throw new IOException(seen + " in place of " + expected);
    }
  }

  private static boolean isCbor(Headers headers) {
    return headers.getFirst("Content-Type").contains("cbor");
  }

  public boolean isCbor() {
    return isCbor(headers);
  }

  public boolean isKinesis() {
    return target.startsWith("Kinesis_");
  }

  public String contentType() {
    return headers.getFirst("Content-Type");
  }
}
