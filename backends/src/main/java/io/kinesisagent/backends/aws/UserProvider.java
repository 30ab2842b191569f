package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A credentials provider of the user's own, with the class loader of its jar. Closing it closes
 * both.
 */
final class UserProvider implements AwsCredentialsProvider, SdkAutoCloseable {
  private final AwsCredentialsProvider provider;
  private final URLClassLoader loader;

  private UserProvider(AwsCredentialsProvider provider, URLClassLoader loader) {
    this.provider = provider;
    this.loader = loader;
  }

  /**
   * Loads and makes the provider.
   *
   * @throws InvalidSettingException where the jar or the class is missing, or is no such provider
   */
  static UserProvider load(CredentialSettings.UserClass named) throws InvalidSettingException {
    URLClassLoader loader = loader(named.jar());
    try {
      return new UserProvider(make(named.name(), loader), loader);
    } catch (InvocationTargetException e) {
      close(loader, e);
      throw invalid(named, "it failed with " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      close(loader, e);
      throw invalid(named, e.toString());
    }
  }

  private static URLClassLoader loader(String jar) throws InvalidSettingException {
    ClassLoader parent = UserProvider.class.getClassLoader();
    if (jar == null) {
      return new URLClassLoader(new URL[0], parent);
    }
    File file = new File(jar);
    if (!file.isFile() || !file.canRead()) {
      throw new InvalidSettingException(
          ConnectionKeys.PROVIDER_JAR.name(), "\"" + jar + "\" is not a file that can be read");
    }
    try {
      return new URLClassLoader(new URL[] {file.toURI().toURL()}, parent);
    } catch (IOException e) {
      throw new InvalidSettingException(ConnectionKeys.PROVIDER_JAR.name(), e.getMessage());
    }
  }

  private static AwsCredentialsProvider make(String name, ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(name, true, loader);
    Object made;
    try {
      made = type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      made = type.getMethod("create").invoke(null);
    }
    return (AwsCredentialsProvider) made;
  }

  private static InvalidSettingException invalid(CredentialSettings.UserClass named, String why) {
    return new InvalidSettingException(
        ConnectionKeys.PROVIDER_CLASS.name(),
        "\""
            + named.name()
            + "\" is not an AwsCredentialsProvider with a public constructor without arguments or a"
            + " static create(): "
            + why);
  }

  private static void close(URLClassLoader loader, Throwable cause) {
    try {
      loader.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return provider.resolveCredentials();
  }

  @Override
  public void close() {
    try {
      if (provider instanceof AutoCloseable closeable) {
        closeable.close();
      }
      loader.close();
    } catch (Exception e) {
      // The user's code may throw anything, and there is nothing left to do with it.
      System.getLogger(UserProvider.class.getName())
          .log(System.Logger.Level.WARNING, "closing {0} failed: {1}", provider.getClass(), e);
    }
  }
}
