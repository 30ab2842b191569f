package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.ProcessorPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {
  private static final String MASK =
      """
      package example;

      import io.kinesisagent.spi.*;
      import java.util.List;

      public final class Mask implements ProcessorPlugin {
        public String name() { return "MASK"; }
        public List<Setting<?>> settings() { return List.of(Setting.string("with", "What with.")); }
        public Processor create(Settings settings, PluginContext context) {
          return (in, out) -> out.forward(in);
        }
        public static final class Plain implements Processor {
          public void process(RecordView in, RecordSink out) { out.forward(in); }
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void aJarInThePluginsDirectoryIsFoundByTheNameOfItsPlugin() throws IOException {
    installMask();
    try (PluginCatalog catalog = load()) {
      assertThat(catalog.failures()).isEmpty();
      assertThat(catalog.processors()).extracting(ProcessorPlugin::name).containsExactly("MASK");
      assertThat(read(catalog, "{\"optionName\": \"MASK\", \"with\": \"x\"}")).isEqualTo("MASK");
    }
  }

  @Test
  void itIsFoundByNameAndByClassToo() throws IOException {
    installMask();
    try (PluginCatalog catalog = load()) {
      assertThat(read(catalog, "{\"optionName\": \"PLUGIN\", \"name\": \"MASK\"}"))
          .isEqualTo("MASK");
      assertThat(read(catalog, "{\"optionName\": \"PLUGIN\", \"className\": \"example.Mask\"}"))
          .isEqualTo("MASK");
      assertThat(
              read(
                  catalog,
                  "{\"optionName\": \"USINGPLUGGIN\", \"className\": \"example.Mask$Plain\","
                      + " \"anything\": 1}"))
          .isEqualTo("example.Mask$Plain");
    }
  }

  @Test
  void aPluginThatCannotBeLoadedIsSaidAndTheOthersAreFound() throws IOException {
    installMask();
    jar(
        "broken.jar",
        Map.of(
            "META-INF/services/" + ProcessorPlugin.class.getName(),
            "example.Missing".getBytes(StandardCharsets.UTF_8)));
    try (PluginCatalog catalog = load()) {
      assertThat(catalog.failures()).singleElement().asString().contains("example.Missing");
      assertThat(catalog.processors()).hasSize(1);
    }
  }

  @Test
  void thereNeedNotBeAPluginsDirectory() throws IOException {
    try (PluginCatalog catalog =
        PluginCatalog.load(getClass().getClassLoader(), directory.resolve("absent"))) {
      assertThat(catalog.failures()).isEmpty();
      assertThat(catalog.processors()).isEmpty();
    }
  }

  private PluginCatalog load() {
    return PluginCatalog.load(getClass().getClassLoader(), directory);
  }

  /** The name of the plugin that this processing option chooses, once it has been tried. */
  private String read(PluginCatalog installed, String option) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("agent.json"),
            "{\"flows\": [{\"filePattern\": \"/var/log/x\", \"kinesisStream\": \"s\","
                + " \"dataProcessingOptions\": ["
                + option
                + "]}]}");
    PluginCatalog catalog = installed.with(SamplePlugins.catalog());
    HostFacts host = new HostFacts("agent", Map.of(), 1, 1 << 28, Optional.empty(), Set.of());
    ConfigResult result = new ConfigReader(catalog, host).read(file);
    assertThat(result.problems()).isEmpty();
    Plugin<?> plugin =
        ((ConfigResult.Valid) result).config().flows().get(0).processors().get(0).plugin();
    return plugin.name();
  }

  private void installMask() throws IOException {
    Path source = Files.writeString(directory.resolve("Mask.java"), MASK);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-d",
                classes.toString(),
                source.toString());
    assertThat(status).isZero();
    jar(
        "mask.jar",
        Map.of(
            "example/Mask.class",
            Files.readAllBytes(classes.resolve("example/Mask.class")),
            "example/Mask$Plain.class",
            Files.readAllBytes(classes.resolve("example/Mask$Plain.class")),
            "META-INF/services/" + ProcessorPlugin.class.getName(),
            "example.Mask".getBytes(StandardCharsets.UTF_8)));
  }

  private void jar(String name, Map<String, byte[]> entries) throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(directory.resolve(name)))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
  }
}
