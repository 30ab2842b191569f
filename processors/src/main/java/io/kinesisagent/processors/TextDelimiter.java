package io.kinesisagent.processors;

/** A delimiter that is always the same bytes. */
final class TextDelimiter implements Delimiter {
  private final byte[] text;
  private byte[] bytes;
  private int from;
  private int to;
  private int start;

  /**
   * A delimiter of some bytes.
   *
   * @param text at least one byte
   */
  TextDelimiter(byte[] text) {
    this.text = text.clone();
  }

  @Override
  public void reset(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
  }

  @Override
  public boolean find() {
    int at = Lexer.indexOf(text[0], bytes, from, to);
    while (at < to && Lexer.text(bytes, at, to, text) < 0) {
      at = Lexer.indexOf(text[0], bytes, at + 1, to);
    }
    start = at;
    from = Math.min(at + text.length, to);
    return at < to;
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int end() {
    return start + text.length;
  }
}
