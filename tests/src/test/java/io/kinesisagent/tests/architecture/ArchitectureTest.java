package io.kinesisagent.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  /** The packages of the agent, and those that each may use. */
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("files", List.of()),
              Map.entry("lifecycle", List.of()),
              Map.entry("metrics", List.of()),
              Map.entry("ack", List.of()),
              Map.entry("frame", List.of()),
              Map.entry("discover", List.of("files")),
              Map.entry("tail", List.of("files", "discover", "frame", "ack")),
              Map.entry("batch", List.of("tail", "ack")),
              Map.entry("send", List.of("batch", "tail")),
              Map.entry("checkpoint", List.of("files", "tail", "lifecycle")),
              Map.entry("config", List.of("discover", "frame")),
              Map.entry(
                  "flow",
                  List.of(
                      "files",
                      "discover",
                      "tail",
                      "frame",
                      "ack",
                      "batch",
                      "send",
                      "checkpoint",
                      "lifecycle"))));

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kinesisagent");

  @Test
  void everyPackageOfTheAgentUsesOnlyThoseBeforeIt() {
    var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : ARROWS.keySet()) {
      layers = layers.layer(name).definedBy("io.kinesisagent.agent." + name + "..");
    }
    layers = layers.layer("app").definedBy("io.kinesisagent.agent.app..");
    for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
      layers =
          arrow.getValue().isEmpty()
              ? layers.whereLayer(arrow.getKey()).mayNotAccessAnyLayer()
              : layers
                  .whereLayer(arrow.getKey())
                  .mayOnlyAccessLayers(arrow.getValue().toArray(String[]::new));
    }
    layers.whereLayer("app").mayNotBeAccessedByAnyLayer().check(all);
  }

  @Test
  void noPackageOfTheAgentIsLeftOut() {
    List<String> named = new ArrayList<>();
    named.add("io.kinesisagent.agent.app..");
    ARROWS.keySet().forEach(name -> named.add("io.kinesisagent.agent." + name + ".."));
    classes()
        .that()
        .resideInAPackage("io.kinesisagent.agent..")
        .should()
        .resideInAnyPackage(named.toArray(String[]::new))
        .check(all);
  }

  @Test
  void theAgentCompilesAgainstNoPlugin() {
    noClasses()
        .that()
        .resideInAPackage("io.kinesisagent.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kinesisagent.processors..", "io.kinesisagent.backends..")
        .check(all);
  }

  @Test
  void onlyTheBackendsUseTheServicesSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kinesisagent.backends..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(all);
  }

  @Test
  void thePluginInterfaceDependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("io.kinesisagent.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.kinesisagent.spi..", "java..")
        .check(all);
  }

  @Test
  void onlyTheAppEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kinesisagent.agent.app..")
        .and()
        .resideOutsideOfPackage("io.kinesisagent.benchmarks..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(all);
  }
}
