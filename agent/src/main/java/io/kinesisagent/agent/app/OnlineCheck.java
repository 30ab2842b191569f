package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.Destination;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Probe;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the destinations of a valid configuration whether they would take records. One thread. */
final class OnlineCheck {
  private final PrintWriter out;
  private int doubts;
  private int failures;

  OnlineCheck(PrintWriter out) {
    this.out = out;
  }

  /** Asks each destination once, and says what came of it. */
  void check(AgentConfig config) {
    Set<String> asked = new HashSet<>();
    for (FlowConfig flow : config.flows()) {
      if (asked.add(flow.destination().id())) {
        check(flow.destination());
      }
    }
  }

  /** Asks one destination. */
  void check(Destination destination) {
    say(destination.metricName(), probe(destination));
  }

  /** What may or may not hinder. */
  int doubts() {
    return doubts;
  }

  /** The destinations that would take nothing. */
  int failures() {
    return failures;
  }

  private static Probe probe(Destination destination) {
    PluginServices services = PluginServices.forTrial(Version.userAgent());
    try (Backend backend = destination.backend().create(services)) {
      return backend.probe();
    } catch (InvalidSettingException e) {
      return failed(e.setting() + " " + e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      // A client met what it does not expect: of one destination, which others do not suffer for.
      return failed("it cannot be asked: " + e);
    }
  }

  private static Probe failed(String why) {
    return new Probe(List.of(), List.of(), List.of(why));
  }

  private void say(String name, Probe probe) {
    probe.facts().forEach(fact -> out.println(name + ": " + fact));
    probe.doubts().forEach(doubt -> out.println("warning: " + name + ": " + doubt));
    probe.failures().forEach(failure -> out.println("error: " + name + ": " + failure));
    doubts += probe.doubts().size();
    failures += probe.failures().isEmpty() ? 0 : 1;
  }
}
