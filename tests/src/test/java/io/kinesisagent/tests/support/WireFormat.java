package io.kinesisagent.tests.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How requests and replies of PutRecords and PutRecordBatch are written: the AWS protocols. */
final class WireFormat {
  static final WireFormat JSON_1_1 =
      new WireFormat("application/x-amz-json-1.1", new ObjectMapper());
  static final WireFormat CBOR_1_1 = new WireFormat("application/x-amz-cbor-1.1", new CBORMapper());
  static final WireFormat RPC_V2_CBOR = new WireFormat("application/cbor", new CBORMapper());

  private final String contentType;
  private final ObjectMapper mapper;

  private WireFormat(String contentType, ObjectMapper mapper) {
    this.contentType = contentType;
    this.mapper = mapper;
  }

  /** The format that a request is in, from its headers. */
  static WireFormat of(Headers headers) {
    if ("rpc-v2-cbor".equals(headers.getFirst("Smithy-Protocol"))) {
      return RPC_V2_CBOR;
    }
    return CBOR_1_1.contentType.equals(headers.getFirst("Content-Type")) ? CBOR_1_1 : JSON_1_1;
  }

  String contentType() {
    return contentType;
  }

  /** The records of a request for {@code operation}. */
  Request read(String operation, byte[] body) throws IOException {
    JsonNode root = mapper.readTree(body);
    boolean firehose = operation.equals("PutRecordBatch");
    List<String> partitionKeys = new ArrayList<>();
    List<byte[]> data = new ArrayList<>();
    for (JsonNode record : root.path("Records")) {
      partitionKeys.add(firehose ? "" : record.path("PartitionKey").asText());
      data.add(record.path("Data").binaryValue());
    }
    JsonNode stream = root.path(firehose ? "DeliveryStreamName" : "StreamName");
    String name = stream.isTextual() ? stream.asText() : root.path("StreamARN").asText();
    return new Request(name.substring(name.lastIndexOf('/') + 1), partitionKeys, data);
  }

  /** The reply to a request of {@code records} records of which {@code failed} were refused. */
  byte[] reply(String operation, int records, Map<Integer, String> failed) throws IOException {
    boolean firehose = operation.equals("PutRecordBatch");
    ObjectNode root = mapper.createObjectNode();
    root.put(firehose ? "FailedPutCount" : "FailedRecordCount", failed.size());
    ArrayNode entries = root.putArray(firehose ? "RequestResponses" : "Records");
    for (int i = 0; i < records; i++) {
      ObjectNode entry = entries.addObject();
      String code = failed.get(i);
      if (code != null) {
        entry.put("ErrorCode", code).put("ErrorMessage", "refused for the test");
      } else if (firehose) {
        entry.put("RecordId", Integer.toString(i));
      } else {
        entry.put("SequenceNumber", Integer.toString(i)).put("ShardId", "shardId-000000000000");
      }
    }
    return mapper.writeValueAsBytes(root);
  }

  /** The reply to an operation that is not served. */
  byte[] empty() throws IOException {
    return mapper.writeValueAsBytes(mapper.createObjectNode());
  }

  byte[] error(String type, String message) throws IOException {
    return mapper.writeValueAsBytes(
        mapper.createObjectNode().put("__type", type).put("message", message));
  }

  /** A request's records: a partition key and the data of each. */
  record Request(String stream, List<String> partitionKeys, List<byte[]> data) {}
}
