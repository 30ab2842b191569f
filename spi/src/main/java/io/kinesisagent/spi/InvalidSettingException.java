package io.kinesisagent.spi;

/** A setting whose value cannot be used although each rule of its declaration holds. */
public final class InvalidSettingException extends Exception {
  private static final long serialVersionUID = 1;

  private final String setting;

  /**
   * @param setting the name of the setting at fault
   * @param message what is wrong and what is allowed
   */
  public InvalidSettingException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** The name of the setting at fault. */
  public String setting() {
    return setting;
  }
}
