package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.send.Sender;
import io.kinesisagent.agent.tail.TailReader;
import io.kinesisagent.agent.tail.TailSet;

/** What a flow's task is put together from, each made for that flow alone. */
record FlowParts(
    Discovery discovery,
    TailSet tails,
    TailReader reader,
    RecordPath path,
    Batcher batcher,
    Sender sender) {}
