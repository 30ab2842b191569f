package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What it means that a request got no answer. */
public final class NetworkFaults {
  private NetworkFaults() {}

  /**
   * The failure of a request that got no answer.
   *
   * @param endpoint where it was going
   */
  public static Failure of(Throwable thrown, URI endpoint) {
    String at = " (endpoint " + endpoint + ")";
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLPeerUnverifiedException) {
        return blocked("the server's certificate is for another host: " + cause.getMessage() + at);
      }
      if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
        return blocked(cause.getMessage() + at);
      }
      root = cause;
    }
    if (root instanceof SSLException) {
      return retry(root, "TLS with the server failed: " + root.getMessage() + at);
    }
    return retry(root, root.getClass().getSimpleName() + ": " + root.getMessage() + at);
  }

  private static Failure blocked(String detail) {
    return new Failure(Disposition.BLOCKED, "TlsCertificate", detail);
  }

  private static Failure retry(Throwable root, String detail) {
    return new Failure(Disposition.RETRY, root.getClass().getSimpleName(), detail);
  }
}
