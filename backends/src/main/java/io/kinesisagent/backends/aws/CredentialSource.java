package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a connection: the user's own provider, else the keys of agent.json, else the
 * SDK's default chain; with a role assumed on top where one is asked for. Says once which it was.
 * Safe for use by several threads.
 */
final class CredentialSource implements AwsCredentialsProvider, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CredentialSource.class.getName());

  /** Credentials that are refused are not looked up again more often than this. */
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Makes the provider that assumes a role, with the credentials of another. */
  @FunctionalInterface
  interface RoleAssumer {
    AwsCredentialsProvider assume(CredentialSettings.Role role, AwsCredentialsProvider with);
  }

  private final String service;
  private final CredentialSettings settings;
  private final RoleAssumer assumer;
  private final Optional<UserProvider> user;
  private AwsCredentialsProvider base;
  private AwsCredentialsProvider provider;
  private volatile AwsCredentials lastResolved;
  private String said;
  private long renewedNanos;

  /**
   * Loads the user's own provider, if there is one; asks nothing of the network yet.
   *
   * @param service whose requests are signed, for the log
   * @throws InvalidSettingException where the user's provider cannot be loaded
   */
  CredentialSource(String service, CredentialSettings settings, RoleAssumer assumer)
      throws InvalidSettingException {
    this.service = service;
    this.settings = settings;
    this.assumer = assumer;
    user =
        settings.userClass().isPresent()
            ? Optional.of(UserProvider.load(settings.userClass().get()))
            : Optional.empty();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    AwsCredentials credentials = provider().resolveCredentials();
    if (credentials != lastResolved) {
      lastResolved = credentials;
      say(credentials);
    }
    return credentials;
  }

  /**
   * Forgets credentials that a service called expired, so that the next request asks their source
   * again.
   */
  synchronized void renew() {
    long now = System.nanoTime();
    if (provider == null || (renewedNanos != 0 && now - renewedNanos < RENEW_NANOS)) {
      return;
    }
    renewedNanos = now;
    forget();
  }

  @Override
  public synchronized void close() {
    forget();
    user.ifPresent(CredentialSource::close);
  }

  private synchronized AwsCredentialsProvider provider() {
    if (provider == null) {
      base = user.<AwsCredentialsProvider>map(own -> own).orElseGet(this::keysOrChain);
      provider = settings.role().map(role -> assumer.assume(role, base)).orElse(base);
    }
    return provider;
  }

  private AwsCredentialsProvider keysOrChain() {
    return settings
        .keys()
        .<AwsCredentialsProvider>map(
            keys ->
                StaticCredentialsProvider.create(
                    keys.sessionToken() == null
                        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
                        : AwsSessionCredentials.create(
                            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private void forget() {
    if (settings.role().isPresent()) {
      close(provider);
    }
    if (user.isEmpty()) {
      close(base);
    }
    provider = null;
    base = null;
  }

  private static void close(Object closed) {
    if (closed instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }

  private synchronized void say(AwsCredentials credentials) {
    String source = describe(credentials);
    if (!source.equals(said)) {
      said = source;
      LOG.log(System.Logger.Level.INFO, "{0}: credentials come from {1}", service, source);
    }
  }

  /** Where credentials that it gave came from, in words. */
  String describe(AwsCredentials credentials) {
    String from =
        settings
            .userClass()
            .map(named -> "the provider " + named.name())
            .or(() -> settings.keys().map(keys -> "awsAccessKeyId of the configuration"))
            .orElseGet(
                () ->
                    "the default chain"
                        + (settings.role().isEmpty()
                            ? CredentialNames.of(credentials)
                                .map(name -> " (" + name + ")")
                                .orElse("")
                            : ""));
    return settings
        .role()
        .map(role -> "the role " + role.arn() + ", assumed with " + from)
        .orElse(from);
  }
}
