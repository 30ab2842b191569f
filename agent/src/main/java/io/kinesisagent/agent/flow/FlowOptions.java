package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;

/**
 * What a flow is to do.
 *
 * @param files which files it reads
 * @param tail how it reads them
 * @param framer where their records end
 * @param records what becomes of a record
 * @param limits of a batch: the backend's and the flow's, whichever is narrower
 * @param sealBytes a batch is full at this many bytes
 * @param sender how it sends
 * @param timing when it does what
 * @param fromEnd whether files that are there at the first look begin at their end
 */
public record FlowOptions(
    FileSelection files,
    TailOptions tail,
    Framer framer,
    RecordOptions records,
    BatchLimits limits,
    int sealBytes,
    SenderOptions sender,
    FlowTiming timing,
    boolean fromEnd) {}
