package io.kinesisagent.backends.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** The answers of Kinesis and Firehose, in the protocol of the request. */
public final class PutReplies {
  private PutReplies() {}

  /** Every record was taken. */
  public static FakeService.Reply success(PutRequest request) {
    return partial(request, Map.of());
  }

  /**
   * Some records were taken.
   *
   * @param failed error codes by the indexes of the records
   */
  public static FakeService.Reply partial(PutRequest request, Map<Integer, String> failed) {
    return new FakeService.Reply(
        200,
        Map.of(),
        encode(
            request,
            out -> {
              out.writeStartObject();
              out.writeNumberField(
                  request.isKinesis() ? "FailedRecordCount" : "FailedPutCount", failed.size());
              out.writeArrayFieldStart(request.isKinesis() ? "Records" : "RequestResponses");
              for (int i = 0; i < request.records().size(); i++) {
                entry(out, request.isKinesis(), i, failed.get(i));
              }
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  /** An error of the whole request. */
  public static FakeService.Reply error(
      PutRequest request, int status, String code, String message) {
    return error(request, status, code, message, Map.of());
  }

  /** An error of the whole request, with more headers. */
  public static FakeService.Reply error(
      PutRequest request, int status, String code, String message, Map<String, String> headers) {
    return new FakeService.Reply(
        status,
        new HashMap<>(headers),
        encode(
            request,
            out -> {
              out.writeStartObject();
              out.writeStringField("__type", code);
              out.writeStringField("message", message);
              out.writeEndObject();
            }));
  }

  private static void entry(JsonGenerator out, boolean kinesis, int index, String code)
      throws IOException {
    out.writeStartObject();
    if (code != null) {
      out.writeStringField("ErrorCode", code);
      out.writeStringField("ErrorMessage", "why " + index + " failed");
    } else if (kinesis) {
      out.writeStringField("SequenceNumber", "4954" + index);
      out.writeStringField("ShardId", "shardId-000000000000");
    } else {
      out.writeStringField("RecordId", "record-" + index);
    }
    out.writeEndObject();
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] encode(PutRequest request, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonFactory format = request.isCbor() ? new CBORFactory() : new JsonFactory();
    try (JsonGenerator out = format.createGenerator(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
