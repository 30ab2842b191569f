package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Failure;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Who signs requests now, or why nobody can. */
public sealed interface Identity {
  /** Somebody can. */
  record Known(AwsCredentials credentials) implements Identity {
    @Override
    public String toString() {
      return "Known[" + credentials.accessKeyId() + "]";
    }
  }

  /** Nobody can. */
  record Unknown(Failure failure) implements Identity {}
}
