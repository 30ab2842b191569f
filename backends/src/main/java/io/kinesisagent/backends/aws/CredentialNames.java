package io.kinesisagent.backends.aws;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Words for where the SDK's default chain found credentials, in place of the SDK's codes. */
final class CredentialNames {
  /** The codes by which the SDK names sources in its user agent. */
  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry("f", "system properties"),
          Map.entry("g", "environment variables"),
          Map.entry("h", "web identity of the environment"),
          Map.entry("i", "an assumed role"),
          Map.entry("k", "a role assumed with a web identity"),
          Map.entry("n", "profile"),
          Map.entry("o", "profile with a source profile"),
          Map.entry("p", "profile with a credential source"),
          Map.entry("q", "profile with a web identity"),
          Map.entry("r", "profile with SSO"),
          Map.entry("s", "SSO"),
          Map.entry("t", "profile with SSO"),
          Map.entry("u", "SSO"),
          Map.entry("v", "profile with a process"),
          Map.entry("w", "a process"),
          Map.entry("z", "container"),
          Map.entry("0", "instance profile"));

  private CredentialNames() {}

  /** Where credentials came from, as far as they tell. */
  static Optional<String> of(AwsCredentials credentials) {
    return credentials
        .providerName()
        .map(
            codes ->
                Arrays.stream(codes.split(",", -1))
                    .map(code -> BY_CODE.getOrDefault(code, code))
                    .collect(Collectors.joining(", ")));
  }
}
