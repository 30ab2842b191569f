package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of files that hold secrets and that every user of the host can read, with the command that
 * takes that from the others and leaves it to the agent.
 */
final class SecretsCheck {
  private static final String SUPERUSER = "root";

  private final String user;
  private final Problems problems;

  /**
   * @param user who runs this; where it is the superuser, the agent runs as the service's user
   */
  SecretsCheck(String user, Problems problems) {
    this.user = user;
    this.problems = problems;
  }

  void check(List<Json.Obj> sources, KnownKeys known) {
    Set<String> secrets =
        known
            .plugins()
            .flatMap(
                plugin ->
                    List.of(plugin.settings(), plugin.flowSettings(), plugin.agentSettings())
                        .stream()
                        .flatMap(List::stream))
            .filter(Setting::secret)
            .map(Setting::name)
            .collect(Collectors.toSet());
    for (Json.Obj source : sources) {
      Optional<Json> secret = find("", source, secrets);
      Path file = source.at().file();
      if (secret.isPresent() && othersCanRead(file)) {
        problems.warning(
            secret.get(), "is a secret in a file that every user can read; run: " + command(file));
      }
    }
  }

  private static Optional<Json> find(String prefix, Json json, Set<String> secrets) {
    if (json instanceof Json.Array array) {
      return array.items().stream().flatMap(item -> find("", item, secrets).stream()).findFirst();
    }
    if (!(json instanceof Json.Obj object)) {
      return Optional.empty();
    }
    return object.members().entrySet().stream()
        .flatMap(
            member -> {
              String name = prefix + member.getKey();
              Json value = member.getValue().value();
              boolean secret = secrets.contains(name) || secrets.contains(member.getKey());
              return secret && isWritten(value)
                  ? Optional.of(value).stream()
                  : find(name + ".", value, secrets).stream();
            })
        .findFirst();
  }

  private static boolean isWritten(Json value) {
    return value instanceof Json.Numeral
        || (value instanceof Json.Text text && !text.value().isEmpty() && !text.fromEnvironment());
  }

  private String command(Path file) {
    String reader = user.equals(SUPERUSER) ? StateFiles.SERVICE_USER : user;
    String path = FileAccess.quoted(file);
    String owner = FileAccess.ownerOf(file);
    return owner.equals(reader) || owner.equals(StateFiles.SERVICE_USER)
        ? "chmod o-r " + path
        : "sudo chgrp " + reader + " " + path + " && sudo chmod 640 " + path;
  }

  private static boolean othersCanRead(Path file) {
    try {
      return Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
