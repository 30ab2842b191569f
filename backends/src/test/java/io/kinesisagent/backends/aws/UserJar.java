package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar with a credentials provider that is on nobody's class path. */
final class UserJar {
  private UserJar() {}

  /**
   * Compiles a provider of the access key AKIDMINE.
   *
   * @param maker the source of its constructor or factory
   */
  static Path create(Path temporary, String name, String maker) throws IOException {
    Path directory = Files.createTempDirectory(temporary, "user");
    Path source = directory.resolve(name + ".java");
    Files.writeString(
        source,
        "import software.amazon.awssdk.auth.credentials.*;\npublic class "
            + name
            + " implements AwsCredentialsProvider {\n"
            + maker
            + "\npublic AwsCredentials resolveCredentials() { return"
            + " AwsBasicCredentials.create(\"AKIDMINE\", \"zZ-secret-of-the-class-of-the-tests\"); }\n}\n");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(status).isZero();
    Path jar = directory.resolve("user.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name + ".class"));
      out.write(Files.readAllBytes(directory.resolve(name + ".class")));
      out.closeEntry();
    }
    return jar;
  }
}
