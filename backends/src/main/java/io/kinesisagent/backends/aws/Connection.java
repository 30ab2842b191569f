package io.kinesisagent.backends.aws;

import io.kinesisagent.backends.WorkerThreads;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.InvalidSettingException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The way to one service: region, credentials, HTTP client, threads. Shared by all whose settings
 * are equal, counted, and let go with its last user. Nothing touches the network before the first
 * request needs it. Safe for use by several threads.
 */
public final class Connection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());
  private static final Map<ConnectionSettings, Connection> OPEN = new HashMap<>();

  private final ConnectionSettings settings;
  private final RegionChain chain;
  private final CredentialSource credentials;
  private final WorkerThreads threads;
  private final Deadlines deadlines;
  private final BodyPool bodies = BodyPool.ofHeap();
  private final ServiceClock clock = new ServiceClock(System::currentTimeMillis);
  private int users;
  private RegionChain.Found region;
  private SdkHttpClient http;
  private boolean prepared;

  private Connection(ConnectionSettings settings, RegionChain chain)
      throws InvalidSettingException {
    this.settings = settings;
    this.chain = chain;
    credentials =
        new CredentialSource(settings.place().service(), settings.credentials(), this::assume);
    threads = new WorkerThreads(settings.place().service() + "-send", settings.maxThreads());
    deadlines = new Deadlines(settings.place().service() + "-deadlines");
  }

  /**
   * The connection of these settings, made where there is none. Close it once for each call.
   *
   * @throws InvalidSettingException where the user's own credentials provider cannot be loaded
   */
  public static Connection open(ConnectionSettings settings) throws InvalidSettingException {
    synchronized (OPEN) {
      Connection connection = OPEN.get(settings);
      if (connection == null) {
        connection = new Connection(settings, RegionChain.system());
        OPEN.put(settings, connection);
      }
      connection.users++;
      return connection;
    }
  }

  public ConnectionSettings settings() {
    return settings;
  }

  /** Threads for calls that block. */
  public Executor threads() {
    return threads;
  }

  /** Ends attempts that take too long. */
  public Deadlines deadlines() {
    return deadlines;
  }

  /** Buffers for request bodies. */
  public BodyPool bodies() {
    return bodies;
  }

  /** The time to sign with. */
  public ServiceClock clock() {
    return clock;
  }

  /** Whoever signs the requests; asking it may block. */
  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** Lets the next request look its credentials up again: a service called them expired. */
  public void renewCredentials() {
    credentials.renew();
  }

  /** The signing region; may block on the instance's metadata the first time. */
  public Region region() {
    return found().region();
  }

  /** Where the signing region was found, in words; empty where nothing names one. */
  public Optional<String> regionSource() {
    RegionChain.Found found = found();
    return found.named() ? Optional.of(found.source()) : Optional.empty();
  }

  private synchronized RegionChain.Found found() {
    if (region == null) {
      Place place = settings.place();
      region =
          place
              .region()
              .map(named -> new RegionChain.Found(named, "the configuration", true))
              .orElseGet(chain::find);
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: the region is {1}, from {2}",
          place.service(),
          region.region(),
          region.source());
    }
    return region;
  }

  /**
   * Starts to look up the region and the credentials, once, so that the log tells at the start what
   * they are, or what is missing.
   */
  public void prepare() {
    synchronized (this) {
      if (prepared) {
        return;
      }
      prepared = true;
    }
    threads.execute(
        () -> {
          region();
          if (identity() instanceof Identity.Unknown unknown) {
            LOG.log(
                System.Logger.Level.WARNING,
                "{0}: {1}",
                settings.place().service(),
                unknown.failure().detail());
          }
        });
  }

  /**
   * The HTTP client.
   *
   * @param host the service's host, which decides whether requests take the proxy
   */
  public synchronized SdkHttpClient http(String host) {
    if (http == null) {
      http = HttpClients.create(settings.http(), host, deadlines);
    }
    return http;
  }

  /** Who signs requests now; asking may block. */
  public Identity identity() {
    try {
      return new Identity.Known(credentials.resolveCredentials());
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      Failure fault = Faults.of(e.statusCode(), code, e.getMessage());
      return unknown(fault.disposition(), fault.detail());
    } catch (RuntimeException e) {
      // A provider of the user's own may throw anything.
      LOG.log(System.Logger.Level.DEBUG, "no credentials", e);
      return unknown(Disposition.RETRY, why(String.valueOf(e.getMessage())));
    }
  }

  /** The SDK's own words are a page that says of each source how it is set up. */
  private static String why(String message) {
    return message.startsWith("Unable to load credentials from any of the providers in the chain")
        ? "the configuration has no awsAccessKeyId, and there are none in the environment"
            + " (AWS_ACCESS_KEY_ID), in system properties, of a web identity, in the profile, of a"
            + " container's role or of an instance's role; AGENT_LOG_LEVEL=DEBUG tells what each"
            + " of them said"
        : message;
  }

  /** Where credentials of {@link #identity} came from, in words. */
  public String source(AwsCredentials known) {
    return credentials.describe(known);
  }

  private static Identity unknown(Disposition disposition, String why) {
    return new Identity.Unknown(
        new Failure(disposition, Failure.NO_CREDENTIALS, "no credentials could be had: " + why));
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(settings);
    }
    threads.close();
    deadlines.close();
    credentials.close();
    synchronized (this) {
      if (http != null) {
        http.close();
      }
    }
  }

  private AwsCredentialsProvider assume(CredentialSettings.Role role, AwsCredentialsProvider with) {
    Place place = role.sts();
    Region stsRegion = place.region().orElseGet(this::region);
    String host =
        place
            .endpoint()
            .map(URI::getHost)
            .orElseGet(() -> "sts." + stsRegion.id() + ".amazonaws.com");
    SdkHttpClient stsHttp = HttpClients.create(settings.http(), host, deadlines);
    StsClientBuilder builder =
        StsClient.builder()
            .httpClient(stsHttp)
            .region(stsRegion)
            .fipsEnabled(place.fips())
            .dualstackEnabled(place.dualstack())
            .credentialsProvider(with)
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .putHeader("User-Agent", settings.userAgent()));
    place.endpoint().ifPresent(builder::endpointOverride);
    StsClient sts = builder.build();
    return new AssumedRole(
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(
                request ->
                    request
                        .roleArn(role.arn())
                        .externalId(role.externalId())
                        .roleSessionName("AWSKinesisAgent")
                        .durationSeconds(3600))
            .build(),
        sts,
        stsHttp);
  }

  /** An assumed role with what is closed together with it. */
  private record AssumedRole(
      StsAssumeRoleCredentialsProvider provider, StsClient sts, SdkHttpClient http)
      implements AwsCredentialsProvider, SdkAutoCloseable {
    @Override
    public AwsCredentials resolveCredentials() {
      return provider.resolveCredentials();
    }

    @Override
    public void close() {
      provider.close();
      sts.close();
      http.close();
    }
  }
}
