package io.kinesisagent.backends.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How a flow's records get their partition keys. Immutable. */
sealed interface PartitionKeyOption {
  /** Most bytes of a key that is taken from a file's path or a record's field. */
  int MAX_TAKEN_BYTES = 256;

  /** Most bytes that a key takes. */
  int maxKeyBytes();

  /** Whether a record's key depends on the record: such records are joined only with their like. */
  boolean perRecord();

  /** Keys for one batch. */
  PartitionKeys keys();

  /** A service without keys. */
  record None() implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return 0;
    }

    @Override
    public boolean perRecord() {
      return false;
    }

    @Override
    public PartitionKeys keys() {
      return new FixedKeys(new byte[0]);
    }
  }

  /** A fresh key for each record, spread evenly over the stream's hash keys. */
  record Random() implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return RandomKeys.LENGTH;
    }

    @Override
    public boolean perRecord() {
      return false;
    }

    @Override
    public PartitionKeys keys() {
      return new RandomKeys();
    }
  }

  /** One key for all records: those of a flow go to one shard. */
  record Constant(String key) implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return key.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public boolean perRecord() {
      return false;
    }

    @Override
    public PartitionKeys keys() {
      return new FixedKeys(key.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The hash of the record's bytes. */
  record Deterministic() implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return HashKeys.LENGTH;
    }

    @Override
    public boolean perRecord() {
      return true;
    }

    @Override
    public PartitionKeys keys() {
      return new HashKeys();
    }
  }

  /** The path of the record's file. */
  record File() implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return MAX_TAKEN_BYTES;
    }

    @Override
    public boolean perRecord() {
      return true;
    }

    @Override
    public PartitionKeys keys() {
      return new FileKeys();
    }
  }

  /** A field of the record's JSON, by its JSON pointer. */
  record Field(JsonPointer pointer) implements PartitionKeyOption {
    @Override
    public int maxKeyBytes() {
      return MAX_TAKEN_BYTES;
    }

    @Override
    public boolean perRecord() {
      return true;
    }

    @Override
    public PartitionKeys keys() {
      return new FieldKeys(pointer);
    }
  }

  /** MD5, as the services themselves hash keys; nothing here is a secret. */
  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no MD5", e);
    }
  }
}
