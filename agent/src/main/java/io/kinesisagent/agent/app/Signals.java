package io.kinesisagent.agent.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Signals of the operating system. Java has no public way to handle them; the one that every JDK
 * has is reached by reflection, so that a JDK without it still runs the agent. There is one set of
 * handlers a process, hence the static state; any thread may use it.
 */
final class Signals {
  private static final Map<String, Runnable> ACTIONS = new HashMap<>();
  private static final Set<String> KEPT = new HashSet<>();

  private Signals() {}

  /**
   * Keeps a signal that comes from now on for the next {@link #handle}, instead of what the system
   * does with it.
   *
   * @param name without {@code SIG}, such as {@code TERM}
   * @return whether this Java can
   */
  static boolean keep(String name) {
    return install(name);
  }

  /**
   * Handles a signal from now on; at once when it was kept.
   *
   * @param name without {@code SIG}, such as {@code TERM}
   * @param action runs on a thread of its own, or in this call
   * @return whether this Java can
   */
  static boolean handle(String name, Runnable action) {
    boolean kept;
    synchronized (ACTIONS) {
      ACTIONS.put(name, action);
      kept = KEPT.remove(name);
    }
    if (kept) {
      action.run();
    }
    return install(name);
  }

  private static void received(String name) {
    Runnable action;
    synchronized (ACTIONS) {
      action = ACTIONS.get(name);
      if (action == null) {
        KEPT.add(name);
      }
    }
    if (action != null) {
      action.run();
    }
  }

  private static boolean install(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> answer(self, method, arguments, name));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Object answer(Object self, Method method, Object[] arguments, String name) {
    return switch (method.getName()) {
      case "handle" -> {
        received(name);
        yield null;
      }
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "signal handler";
    };
  }
}
