package cloud.bevy.services.functions;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which feed: an app's, by the name that its table has in `env`.
///
/// @param app the app's name
/// @param name the table's name in `env`
public record FeedId(String app, String name) {
  private static final String PREFIX = "feed/";
  private static final String SEPARATOR = "/";

  /// What the cloud is woken for when there is something for the feed.
  public String alarm() {
    return PREFIX + app + SEPARATOR + name;
  }

  /// The feed that an alarm is for, if it is for any.
  static Optional<FeedId> of(String alarm) {
    String[] parts = alarm.split(SEPARATOR, -1);
    return alarm.startsWith(PREFIX) && parts.length == 3
        ? Optional.of(new FeedId(parts[1], parts[2]))
        : Optional.empty();
  }

  /// The key of its record.
  byte[] key() {
    return prefixed(app, name);
  }

  /// What the keys of an app's feeds begin with.
  static byte[] prefix(String app) {
    return prefixed(app, "");
  }

  /// The feed that has a key.
  static FeedId of(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    int end = text.indexOf('/');
    return new FeedId(text.substring(0, end), text.substring(end + 1));
  }

  private static byte[] prefixed(String app, String name) {
    return (app + SEPARATOR + name).getBytes(StandardCharsets.UTF_8);
  }
}
