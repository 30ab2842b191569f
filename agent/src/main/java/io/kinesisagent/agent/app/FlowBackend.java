package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.PluginChoice;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.InvalidSettingException;

/**
 * A flow's backend, made when the flow first needs it, so that one that cannot be made is tried
 * again as the flow is, and no other flow suffers. Safe for use by several threads.
 */
final class FlowBackend {
  private final PluginChoice<Backend> choice;
  private final PluginServices services;
  private Backend made;

  FlowBackend(PluginChoice<Backend> choice, PluginServices services) {
    this.choice = choice;
    this.services = services;
  }

  /**
   * The backend, the same at every call.
   *
   * @throws InvalidSettingException where it cannot be made, which the check of the configuration
   *     should have found
   */
  synchronized Backend get() throws InvalidSettingException {
    if (made == null) {
      Backend backend = make();
      backend.prepare();
      made = backend;
    }
    return made;
  }

  private Backend make() throws InvalidSettingException {
    try {
      return choice.create(services);
    } catch (LinkageError e) {
      // It was made for another version of something; the rest of the agent is sound.
      throw new IllegalStateException(
          "the destination " + choice.plugin().name() + " cannot be made: " + e, e);
    }
  }

  /** Lets go of it, if it was made. */
  synchronized void close() {
    if (made != null) {
      made.close();
      made = null;
    }
  }
}
