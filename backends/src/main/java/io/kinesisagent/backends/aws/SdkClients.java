package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Failure;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;

/** What every client of the SDK has in common here: one attempt a call, over a connection. */
public final class SdkClients {
  private SdkClients() {}

  /**
   * Sets on a client's builder what every client of a connection has.
   *
   * @param endpoint where the client's requests go
   */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> void configure(
      B builder, Connection connection, URI endpoint) {
    ConnectionSettings settings = connection.settings();
    builder
        .httpClient(connection.http(endpoint.getHost()))
        .region(connection.region())
        .fipsEnabled(settings.place().fips())
        .dualstackEnabled(settings.place().dualstack())
        .credentialsProvider(connection.credentials())
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(Duration.ofMillis(settings.http().timeouts().attemptMillis()))
                    .putHeader("User-Agent", settings.userAgent()));
    settings.place().endpoint().ifPresent(builder::endpointOverride);
  }

  /**
   * What an exception of a client means.
   *
   * @param endpoint where the request was going
   */
  public static Failure failure(SdkException thrown, Connection connection, URI endpoint) {
    if (!(thrown instanceof AwsServiceException fault)) {
      return NetworkFaults.of(thrown, endpoint);
    }
    String code = "";
    String message = "";
    if (fault.awsErrorDetails() != null) {
      code = orEmpty(fault.awsErrorDetails().errorCode());
      message = orEmpty(fault.awsErrorDetails().errorMessage());
    }
    if (Faults.stale(code)) {
      connection.renewCredentials();
    }
    return Faults.of(fault.statusCode(), code, message);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
