package io.kinesisagent.agent.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. Java has no public way to handle them; the one that every JDK
 * has is reached by reflection, so that a JDK without it still runs the agent.
 */
final class Signals {
  private Signals() {}

  /**
   * Handles a signal from now on.
   *
   * @param name without {@code SIG}, such as {@code TERM}
   * @param action runs on a thread of its own
   * @return whether this Java can
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> answer(self, method, arguments, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Object answer(Object self, Method method, Object[] arguments, Runnable action) {
    return switch (method.getName()) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "signal handler";
    };
  }
}
