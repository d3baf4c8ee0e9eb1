package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// Something that has happened in a bucket and that a function or a topic is to be told of.
///
/// @param sequence of two events of a key the later one has the larger
/// @param at when it happened
/// @param subject what it happened to
/// @param cause who did it
/// @param rule the id of the rule by which the function is told
/// @param function its name, as [NotificationRule#function]
public record BucketEvent(
    long sequence,
    EventType type,
    Instant at,
    Subject subject,
    Cause cause,
    String rule,
    String function) {
  /// What an event is about.
  ///
  /// @param version its id; nothing where it has none of its own
  /// @param content what there is; nothing where there is nothing any more
  public record Subject(ObjectKey key, Optional<String> version, Optional<Content> content) {
    static Subject of(KeyVersion version, boolean there) {
      Optional<Content> content =
          there && version instanceof StoredObject object
              ? Optional.of(
                  new Content(
                      object.size(),
                      object.etag(),
                      object.attributes().storageClass(),
                      object.attributes().lock().retention()))
              : Optional.empty();
      return new Subject(
          version.key(),
          version.version().isNull() ? Optional.empty() : Optional.of(version.version().id()),
          content);
    }
  }

  /// What an object is.
  ///
  /// @param retention until when it is kept, if it is
  public record Content(
      long size, String etag, String storageClass, Optional<Retention> retention) {}
}
