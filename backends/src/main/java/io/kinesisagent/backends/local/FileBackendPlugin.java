package io.kinesisagent.backends.local;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code {"type": "file", "directory": …}}: records in rolling files of a directory. */
public final class FileBackendPlugin implements BackendPlugin {
  private static final Setting<String> DIRECTORY =
      Setting.string(
              "directory", "The directory that the files are written to; made where it is missing.")
          .require();

  private static final Setting<String> PREFIX =
      Setting.string(
              "prefix",
              "The first part of the files' names, PREFIX-TIME-NUMBER.log; letters, digits, '.' and"
                  + " '_'. Flows that share a directory and set keepFiles need one each.")
          .defaultTo("records");

  private static final Setting<Long> ROLL_SIZE_BYTES =
      Setting.bytes(
              "rollSizeBytes",
              1,
              Long.MAX_VALUE,
              "A file is flushed to the disk and the next one begun when it would grow beyond this.")
          .defaultTo(64L << 20);

  private static final Setting<Long> KEEP_FILES =
      Setting.integer(
              "keepFiles",
              0,
              Integer.MAX_VALUE,
              "How many finished files are kept; the oldest are deleted. 0 keeps all.")
          .defaultTo(0L);

  private static final Pattern PREFIX_FORM = Pattern.compile("[A-Za-z0-9._]{1,100}");

  @Override
  public String name() {
    return "file";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(DIRECTORY, PREFIX, ROLL_SIZE_BYTES, KEEP_FILES);
  }

  @Override
  public String destinationId(Settings settings) {
    return "file:" + settings.get(DIRECTORY);
  }

  @Override
  public String metricName(Settings settings) {
    return "File:" + settings.get(DIRECTORY);
  }

  @Override
  public int maxBatchBytes() {
    return FileBackend.MAX_BATCH_BYTES;
  }

  @Override
  public Optional<String> writesTo(Settings settings) {
    return Optional.of(settings.get(DIRECTORY));
  }

  @Override
  public Backend create(Settings settings, PluginContext context) throws InvalidSettingException {
    String prefix = settings.get(PREFIX);
    if (!PREFIX_FORM.matcher(prefix).matches()) {
      throw new InvalidSettingException(
          PREFIX.name(), "\"" + prefix + "\" is not 1 to 100 letters, digits, '.' and '_'");
    }
    Path directory;
    try {
      directory = Path.of(settings.get(DIRECTORY));
    } catch (InvalidPathException e) {
      throw new InvalidSettingException(DIRECTORY.name(), e.getMessage());
    }
    return new FileBackend(
        new RollingFile(
            directory,
            prefix,
            settings.get(ROLL_SIZE_BYTES),
            Math.toIntExact(settings.get(KEEP_FILES)),
            context.clock()));
  }
}
