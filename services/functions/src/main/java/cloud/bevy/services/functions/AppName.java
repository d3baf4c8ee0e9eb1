package cloud.bevy.services.functions;

import java.util.regex.Pattern;

/// The name of an app, which is also the first label of its host name.
public final class AppName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private AppName() {}

  /// Whether an app may be called that.
  public static boolean valid(String name) {
    return FORM.matcher(name).matches();
  }

  /// Returns `name` if an app may be called that.
  ///
  /// @throws IllegalArgumentException if it may not, saying why
  static String checked(String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException(
          "an app's name has 1 to 63 lower-case letters, digits and inner hyphens, not \""
              + name
              + '"');
    }
    return name;
  }
}
