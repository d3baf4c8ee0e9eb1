package cloud.bevy.services.buckets;

/// Where a listing goes on. Keys are in the order of their UTF-8 bytes.
public sealed interface ListPosition {
  /// Where every listing begins.
  ListPosition START = new Start();

  /// Before the first key.
  record Start() implements ListPosition {}

  /// After a key, whether it exists or not.
  record AfterKey(String key) implements ListPosition {}

  /// After one of those that a key has several of: multipart uploads, or versions.
  record AfterId(String key, String id) implements ListPosition {}

  /// After all keys that begin with a text.
  record AfterPrefix(String prefix) implements ListPosition {}
}
