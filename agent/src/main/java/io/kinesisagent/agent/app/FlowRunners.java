package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.TaskRunner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The threads of the flows, at most as many as there are processors. Owned by the agent's main
 * thread.
 */
final class FlowRunners {
  private static final long JOIN_MILLIS = 2000;

  private final Function<String, TaskRunner> make;
  private final List<TaskRunner> runners = new ArrayList<>();
  private final int most;

  /**
   * @param make makes a runner of a name
   */
  FlowRunners(Function<String, TaskRunner> make, int most) {
    this.make = make;
    this.most = most;
  }

  /**
   * The runner for one more flow: a new one while there may be more, else the one with the fewest.
   */
  TaskRunner next(List<RunningFlow> flows) {
    TaskRunner idlest =
        runners.stream().min(Comparator.comparingLong(runner -> load(runner, flows))).orElse(null);
    if (idlest != null && (load(idlest, flows) == 0 || runners.size() >= most)) {
      return idlest;
    }
    TaskRunner runner = make.apply("flows-" + (runners.size() + 1));
    runners.add(runner);
    runner.start();
    return runner;
  }

  private static long load(TaskRunner runner, List<RunningFlow> flows) {
    return flows.stream().filter(flow -> flow.gear().runner() == runner).count();
  }

  /** Ends the threads, without waiting for ever for one that hangs. */
  void stop() throws InterruptedException {
    runners.forEach(TaskRunner::stop);
    for (TaskRunner runner : runners) {
      runner.join(JOIN_MILLIS);
    }
  }
}
