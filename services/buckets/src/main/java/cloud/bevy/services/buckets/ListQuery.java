package cloud.bevy.services.buckets;

import java.util.Optional;

/// Which keys to list.
///
/// @param prefix only keys that begin with it; empty for all
/// @param delimiter what ends a group of keys after the prefix; empty for no groups
/// @param position where to begin
/// @param limit the most keys and groups of a page
public record ListQuery(String prefix, String delimiter, ListPosition position, int limit) {
  /// Checks the limit.
  public ListQuery {
    if (limit < 0) {
      throw new IllegalArgumentException("a page of " + limit);
    }
  }

  /// The group that a key belongs to: the key up to the first delimiter after the prefix.
  Optional<String> group(String key) {
    int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
    return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
  }
}
