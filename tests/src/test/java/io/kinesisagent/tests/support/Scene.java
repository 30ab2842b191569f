package io.kinesisagent.tests.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One writer, one agent and one Kinesis endpoint: what most end-to-end tests are made of. The agent
 * is configured for app* in the log folder and is started by the test. Closing ends everything.
 */
public final class Scene implements AutoCloseable {
  /** How long a backlog may take to arrive before a test fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Workspace workspace;
  private final Lines lines;
  private final Ledger ledger;
  private final FakeKinesis server;
  private final LogWriter writer;
  private final List<AgentProcess> started = new ArrayList<>();

  /** A scene in {@code folder}; {@code seed} decides the lines and the endpoint's faults. */
  public Scene(Path folder, long seed) {
    this(folder, seed, new Lines('a', seed));
  }

  /** A scene whose writer writes {@code lines}. */
  public Scene(Path folder, long seed, Lines lines) {
    this.workspace = new Workspace(folder);
    this.lines = lines;
    this.ledger = new Ledger(lines);
    this.server = new FakeKinesis(seed, ledger);
    this.writer = new LogWriter(workspace.logs(), lines);
    workspace.configure(settings("app*"));
  }

  public Workspace workspace() {
    return workspace;
  }

  public Ledger ledger() {
    return ledger;
  }

  public FakeKinesis server() {
    return server;
  }

  public LogWriter writer() {
    return writer;
  }

  /** Settings for a flow from {@code pattern} to this scene's endpoint, to change and configure. */
  public ObjectNode settings(String pattern) {
    return workspace.toKinesis(server.endpoint(), pattern, "stream");
  }

  /** Starts the agent with the launcher's defaults. */
  public AgentProcess start() {
    return start(Map.of());
  }

  /** Starts the agent. */
  public AgentProcess start(Map<String, String> environment) {
    AgentProcess agent = AgentProcess.start(workspace, environment);
    started.add(agent);
    return agent;
  }

  /** Starts the agent with the launcher's defaults by way of {@code program}. */
  public AgentProcess startUnder(List<String> program) {
    AgentProcess agent = AgentProcess.startUnder(program, workspace, Map.of());
    started.add(agent);
    return agent;
  }

  /** Waits until every line written so far has arrived. */
  public void awaitDelivered(AgentProcess agent) {
    awaitArrivals(agent, writer.written());
  }

  /** Waits until {@code count} different lines have arrived. */
  public void awaitArrivals(AgentProcess agent, long count) {
    agent.until(
        count + " lines arrive",
        PATIENCE,
        () -> ledger.distinct() >= count,
        () -> ledger.distinct() + " have arrived");
  }

  /** What became of all lines written so far. */
  public Ledger.Account account() {
    return ledger.account(lines, writer.written());
  }

  @Override
  public void close() {
    started.forEach(AgentProcess::close);
    writer.close();
    server.close();
  }
}
