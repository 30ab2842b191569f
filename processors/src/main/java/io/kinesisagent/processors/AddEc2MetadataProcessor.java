package io.kinesisagent.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Adds members to a JSON object, in place of those of the same name. The record's own numbers stay
 * as exact as they are.
 */
final class AddEc2MetadataProcessor implements Processor {
  private static final ObjectReader READER =
      Json.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private final RefreshedMetadata metadata;
  private final List<String> fields;
  private final ObjectWriter writer;
  private final Counter malformedBytes;
  private final MutableBytes wellFormed = new MutableBytes(1);

  AddEc2MetadataProcessor(
      RefreshedMetadata metadata,
      List<String> fields,
      ObjectWriter writer,
      Counter malformedBytes) {
    this.metadata = metadata;
    this.fields = AddEc2MetadataPlugin.FIELD_NAMES.stream().filter(fields::contains).toList();
    this.writer = writer;
    this.malformedBytes = malformedBytes;
  }

  @Override
  public boolean ready() {
    metadata.start();
    return metadata.decided();
  }

  @Override
  public void process(RecordView in, RecordSink sink) throws ProcessingException {
    metadata.start();
    ObjectNode added = metadata.current();
    if (added == null) {
      sink.forward(in);
      return;
    }
    ObjectNode object = parse(in);
    for (String field : fields) {
      JsonNode value = added.get(field);
      if (value != null) {
        object.set(field, value);
      }
    }
    MutableBytes out = sink.begin();
    out.append(written(object).getBytes(StandardCharsets.UTF_8));
    out.append('\n');
    sink.commit();
  }

  @Override
  public void close() {
    metadata.close();
  }

  private ObjectNode parse(RecordView in) throws ProcessingException {
    byte[] bytes = in.array();
    int from = in.offset();
    int length = in.length();
    if (Utf8.firstNonAscii(bytes, from, from + length) < from + length) {
      wellFormed.clear();
      int malformed = Utf8.appendWellFormed(bytes, from, from + length, wellFormed);
      if (malformed > 0) {
        malformedBytes.add(malformed);
        bytes = wellFormed.array();
        from = 0;
        length = wellFormed.length();
      }
    }
    try {
      if (READER.readTree(bytes, from, length) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw ProcessingException.failed(
          "the record is no JSON object, or one nested deeper than "
              + Json.MAX_DEPTH
              + " levels: "
              + e.getClass().getSimpleName());
    }
    throw ProcessingException.failed("the record is JSON, but no object");
  }

  /** By way of a String: into UTF-8 Jackson would write an escape for each half of an emoji. */
  private String written(ObjectNode object) throws ProcessingException {
    try {
      return writer.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw ProcessingException.failed(
          "the record cannot be written as JSON: " + e.getOriginalMessage());
    }
  }
}
