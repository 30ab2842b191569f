package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Says of each directory that a flow's patterns begin with, once, that it is not there, and once
 * that it is there again. Owned by the flow's thread.
 */
final class AbsentDirectories {
  private static final Logger LOG = LogManager.getLogger(AbsentDirectories.class);

  private final String flow;
  private final List<Path> bases;
  private final Set<Path> absent = new TreeSet<>();

  AbsentDirectories(FlowConfig config) {
    this.flow = config.id();
    this.bases = config.files().patterns().stream().map(FilePattern::base).distinct().toList();
  }

  /** Says what is new in the file system as it was last seen; nothing before the first look. */
  void lookedAt(Snapshot now) {
    if (now == Snapshot.EMPTY) {
      return;
    }
    for (Path base : bases) {
      if (now.directories().contains(base)) {
        if (absent.remove(base)) {
          LOG.info("flow {}: the directory {} is there now", flow, base);
        }
      } else if (absent.add(base)) {
        LOG.info("flow {}: the directory {} is not there; it is waited for", flow, base);
      }
    }
  }
}
