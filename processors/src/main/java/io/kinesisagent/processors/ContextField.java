package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordContext;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * One member of the object that tells where a record comes from. What seldom changes is encoded
 * once. Belongs to one flow.
 */
final class ContextField {
  private final byte[] prefix;
  private final Function<RecordContext, String> value;
  private String last;
  private byte[] lastEncoded = new byte[0];

  private ContextField(byte[] prefix, Function<RecordContext, String> value) {
    this.prefix = prefix;
    this.value = value;
  }

  /**
   * A member by its name.
   *
   * @param prefix the bytes before the value: the separator and the key
   */
  static ContextField of(String name, String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
    return switch (name) {
      case "file" -> new ContextField(bytes, RecordContext::file);
      case "host" -> new ContextField(bytes, RecordContext::host);
      case "flow" -> new ContextField(bytes, RecordContext::flow);
      case "recordId" -> new ContextField(bytes, RecordContext::recordId);
      case "offset" -> new ContextField(bytes, null);
      default -> throw new IllegalArgumentException("there is no context field " + name);
    };
  }

  void append(RecordContext context, MutableBytes out) {
    out.append(prefix);
    if (value == null) {
      out.appendDecimal(context.offset());
      return;
    }
    String text = value.apply(context);
    if (!text.equals(last)) {
      lastEncoded = JsonText.string(text);
      last = text;
    }
    out.append(lastEncoded);
  }
}
