package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.Optional;

/**
 * Whose credentials to use, as agent.json says.
 *
 * @param keys the two keys of agent.json
 * @param role a role to assume
 * @param userClass a provider of the user's own
 */
record CredentialSettings(Optional<Keys> keys, Optional<Role> role, Optional<UserClass> userClass) {
  /**
   * Keys written in agent.json.
   *
   * @param sessionToken null for lasting keys
   */
  record Keys(String accessKeyId, String secretAccessKey, String sessionToken) {
    @Override
    public String toString() {
      return "Keys[" + accessKeyId + "]";
    }
  }

  /**
   * A role to assume.
   *
   * @param externalId null where the role asks for none
   * @param sts where to ask for it
   */
  record Role(String arn, String externalId, Place sts) {}

  /**
   * A provider of the user's own.
   *
   * @param jar null for the agent's own class path
   */
  record UserClass(String name, String jar) {}

  static CredentialSettings read(Settings agent, Place sts) throws InvalidSettingException {
    return new CredentialSettings(keys(agent), role(agent, sts), userClass(agent));
  }

  private static Optional<Keys> keys(Settings agent) throws InvalidSettingException {
    String id = text(agent, ConnectionKeys.ACCESS_KEY_ID);
    String secret = text(agent, ConnectionKeys.SECRET_ACCESS_KEY);
    String token = text(agent, ConnectionKeys.SESSION_TOKEN);
    if ((id == null) != (secret == null)) {
      Setting<String> missing =
          id == null ? ConnectionKeys.ACCESS_KEY_ID : ConnectionKeys.SECRET_ACCESS_KEY;
      throw new InvalidSettingException(
          missing.name(), "awsAccessKeyId and awsSecretAccessKey must be given both or neither");
    }
    if (id == null && token != null) {
      throw new InvalidSettingException(
          ConnectionKeys.SESSION_TOKEN.name(),
          "awsSessionToken needs awsAccessKeyId and awsSecretAccessKey");
    }
    return id == null ? Optional.empty() : Optional.of(new Keys(id, secret, token));
  }

  private static Optional<Role> role(Settings agent, Place sts) throws InvalidSettingException {
    String arn = text(agent, ConnectionKeys.ROLE_ARN);
    String externalId = text(agent, ConnectionKeys.ROLE_EXTERNAL_ID);
    if (arn == null && externalId != null) {
      throw new InvalidSettingException(
          ConnectionKeys.ROLE_EXTERNAL_ID.name(), "assumeRoleExternalId needs assumeRoleARN");
    }
    return arn == null ? Optional.empty() : Optional.of(new Role(arn, externalId, sts));
  }

  private static Optional<UserClass> userClass(Settings agent) throws InvalidSettingException {
    String name = text(agent, ConnectionKeys.PROVIDER_CLASS);
    String jar = text(agent, ConnectionKeys.PROVIDER_JAR);
    if (name == null && jar != null) {
      throw new InvalidSettingException(
          ConnectionKeys.PROVIDER_JAR.name(),
          "userDefinedCredentialsProvider.location needs userDefinedCredentialsProvider.classname");
    }
    return name == null ? Optional.empty() : Optional.of(new UserClass(name, jar));
  }

  private static String text(Settings agent, Setting<String> setting) {
    String value = agent.get(setting);
    return value == null || value.isBlank() ? null : value;
  }
}
