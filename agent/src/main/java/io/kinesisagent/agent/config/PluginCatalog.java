package io.kinesisagent.agent.config;

import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.MetricsPublisherPlugin;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.ProcessorPlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The installed plugins: those of the class path and those of the jars in the plugins directory,
 * which share one class loader whose parent is the agent's own. Immutable; open as long as a plugin
 * of it is used.
 */
public final class PluginCatalog implements AutoCloseable {
  private final List<BackendPlugin> backends;
  private final List<ProcessorPlugin> processors;
  private final List<MetricsPublisherPlugin> publishers;
  private final List<String> failures;
  private final ClassLoader classes;

  private PluginCatalog(
      List<BackendPlugin> backends,
      List<ProcessorPlugin> processors,
      List<MetricsPublisherPlugin> publishers,
      List<String> failures,
      ClassLoader classes) {
    this.backends = List.copyOf(backends);
    this.processors = List.copyOf(processors);
    this.publishers = List.copyOf(publishers);
    this.failures = List.copyOf(failures);
    this.classes = classes;
  }

  /** These plugins and no others. */
  public static PluginCatalog of(
      List<? extends BackendPlugin> backends, List<? extends ProcessorPlugin> processors) {
    return new PluginCatalog(
        List.copyOf(backends),
        List.copyOf(processors),
        List.of(),
        List.of(),
        PluginCatalog.class.getClassLoader());
  }

  /**
   * Finds plugins with {@link ServiceLoader}.
   *
   * @param pluginsDirectory holds jars; it may be absent. An empty path is none, not the working
   *     directory
   */
  public static PluginCatalog load(ClassLoader agentClasses, Path pluginsDirectory) {
    List<String> failures = new ArrayList<>();
    List<URL> jars = jars(pluginsDirectory, failures);
    ClassLoader classes =
        jars.isEmpty()
            ? agentClasses
            : new URLClassLoader("plugins", jars.toArray(URL[]::new), agentClasses);
    List<BackendPlugin> backends = find(BackendPlugin.class, classes, failures);
    List<ProcessorPlugin> processors = find(ProcessorPlugin.class, classes, failures);
    List<MetricsPublisherPlugin> publishers = find(MetricsPublisherPlugin.class, classes, failures);
    return new PluginCatalog(backends, processors, publishers, failures, classes);
  }

  /** These plugins and others, which come first; classes are looked up as here. */
  PluginCatalog with(PluginCatalog others) {
    List<BackendPlugin> allBackends = new ArrayList<>(others.backends);
    allBackends.addAll(backends);
    List<ProcessorPlugin> allProcessors = new ArrayList<>(others.processors);
    allProcessors.addAll(processors);
    return new PluginCatalog(allBackends, allProcessors, publishers, failures, classes);
  }

  /** The backends, by name. */
  public List<BackendPlugin> backends() {
    return backends;
  }

  /** The processors, by name. */
  public List<ProcessorPlugin> processors() {
    return processors;
  }

  /** The publishers of metrics, by name. */
  public List<MetricsPublisherPlugin> publishers() {
    return publishers;
  }

  /** What went wrong while looking for plugins, a sentence each. */
  public List<String> failures() {
    return failures;
  }

  /** The backend of this {@code type}, whatever its case. */
  Optional<BackendPlugin> backend(String type) {
    return named(type, backends);
  }

  /** The processor of this {@code optionName}, whatever its case. */
  Optional<ProcessorPlugin> processor(String optionName) {
    return named(optionName, processors);
  }

  /** A class of the agent or of the plugins' jars. */
  Class<?> loadClass(String name) throws ClassNotFoundException {
    return Class.forName(name, true, classes);
  }

  @Override
  public void close() throws IOException {
    if (classes instanceof URLClassLoader jars && "plugins".equals(jars.getName())) {
      jars.close();
    }
  }

  private static <P extends Plugin<?>> Optional<P> named(String name, List<P> plugins) {
    return plugins.stream().filter(plugin -> plugin.name().equalsIgnoreCase(name)).findFirst();
  }

  private static List<URL> jars(Path directory, List<String> failures) {
    List<Path> jars = new ArrayList<>();
    if (!directory.toString().isEmpty() && Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
        found.forEach(jars::add);
      } catch (IOException e) {
        failures.add("the plugins directory " + directory + " cannot be listed: " + e);
      }
    }
    jars.sort(Comparator.naturalOrder());
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (IOException e) {
        failures.add("the plugin " + jar + " cannot be used: " + e);
      }
    }
    return urls;
  }

  private static <P extends Plugin<?>> List<P> find(
      Class<P> type, ClassLoader classes, List<String> failures) {
    List<P> found = new ArrayList<>();
    Iterator<P> services = ServiceLoader.load(type, classes).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          break;
        }
        P plugin = services.next();
        if (named(plugin.name(), found).isPresent()) {
          failures.add(
              plugin.getClass().getName()
                  + " is left out: another plugin is named "
                  + plugin.name()
                  + " too");
        } else {
          found.add(plugin);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add("a plugin cannot be loaded: " + e.getMessage());
      }
    }
    found.sort(Comparator.comparing(Plugin::name));
    return found;
  }
}
