package io.kinesisagent.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The agent laid out below a folder as the packages install it, by default without its jars. */
public final class Installation {
  private final Path root;

  /** Copies programs and configuration below {@code root}. */
  public Installation(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(programs());
    Files.createDirectories(lib());
    Files.createDirectories(plugins());
    Path etc = Files.createDirectories(root.resolve("etc/aws-kinesis"));
    Path bin = Checkout.top().resolve("bin");
    for (String program : List.of("aws-kinesis-agent", "start-aws-kinesis-agent")) {
      Files.copy(bin.resolve(program), programs().resolve(program));
    }
    for (String part : List.of("launcher.sh", "java-options", "class-archive")) {
      Files.copy(bin.resolve(part), share().resolve(part));
    }
    Path log = Checkout.top().resolve("etc/log4j.xml");
    Files.copy(log, share().resolve("log4j.xml"));
    Files.copy(log, etc.resolve("log4j.xml"));
  }

  /** Gives it the jars that this checkout was built into. */
  public Installation withJars() throws IOException {
    Files.delete(lib());
    Files.createSymbolicLink(lib(), Checkout.top().resolve("packaging/target/lib"));
    return this;
  }

  /** The folder of {@code aws-kinesis-agent} and {@code start-aws-kinesis-agent}. */
  public Path programs() {
    return root.resolve("usr/bin");
  }

  /** Where other people's jars go. */
  public Path plugins() {
    return share().resolve("plugins");
  }

  /** What says where and how much is logged. */
  public Path logSettings() {
    return root.resolve("etc/aws-kinesis/log4j.xml");
  }

  private Path lib() {
    return share().resolve("lib");
  }

  /** Programs and options beside the jars. */
  public Path share() {
    return root.resolve("usr/share/aws-kinesis-agent");
  }
}
