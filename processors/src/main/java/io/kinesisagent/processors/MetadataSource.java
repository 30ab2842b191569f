package io.kinesisagent.processors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Where the metadata of this instance comes from. May block; never called for a record. */
interface MetadataSource {
  /**
   * The members to add to a record, but the time.
   *
   * @throws IOException where there is no metadata to be had, away from EC2 among others
   */
  ObjectNode fetch() throws IOException, InterruptedException;
}
