package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.flow.FlowEvents;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that a flow says to its listener, in order. One thread. */
final class Said {
  private record Call(String event, List<Object> arguments) {}

  private final List<Call> calls = new ArrayList<>();

  /** Hears everything and keeps it. */
  FlowEvents listener() {
    return (FlowEvents)
        Proxy.newProxyInstance(
            FlowEvents.class.getClassLoader(),
            new Class<?>[] {FlowEvents.class},
            (proxy, method, arguments) -> {
              calls.add(
                  new Call(method.getName(), arguments == null ? List.of() : copy(arguments)));
              return null;
            });
  }

  private static List<Object> copy(Object[] arguments) {
    return new ArrayList<>(Arrays.asList(arguments));
  }

  /** How often something was said. */
  long times(String event) {
    return calls.stream().filter(call -> call.event().equals(event)).count();
  }

  /** The last argument of each time that something was said: mostly the reason. */
  List<String> reasons(String event) {
    return calls.stream()
        .filter(call -> call.event().equals(event))
        .map(call -> String.valueOf(call.arguments().get(call.arguments().size() - 1)))
        .toList();
  }

  /** The bytes that were reported as destroyed before they could be read. */
  long gapBytes() {
    return calls.stream()
        .filter(call -> call.event().equals("gap"))
        .mapToLong(call -> (Long) call.arguments().get(1))
        .sum();
  }
}
