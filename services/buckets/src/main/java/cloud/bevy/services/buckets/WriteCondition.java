package cloud.bevy.services.buckets;

import java.util.Optional;

/// What must be true of a key for a write to happen. Checked in the same step as the write.
public sealed interface WriteCondition {
  /// Nothing.
  record Always() implements WriteCondition {}

  /// There is no such object.
  record Absent() implements WriteCondition {}

  /// There is no such object with this entity tag.
  record Unlike(String etag) implements WriteCondition {}

  /// There is such an object, with this entity tag where one is given.
  record Present(Optional<String> etag) implements WriteCondition {}

  /// No condition.
  static WriteCondition always() {
    return new Always();
  }

  /// What comes of checking.
  enum Result {
    /// The write may happen.
    HOLDS,
    /// It may not: there is no such object to compare with.
    NO_SUCH_KEY,
    /// It may not.
    FAILED
  }

  /// Checks the condition.
  ///
  /// @param etag that of the object, if there is one
  default Result check(Optional<String> etag) {
    return switch (this) {
      case Always() -> Result.HOLDS;
      case Absent() -> etag.isEmpty() ? Result.HOLDS : Result.FAILED;
      case Unlike(String unwanted) ->
          etag.isPresent() && etag.get().equals(unwanted) ? Result.FAILED : Result.HOLDS;
      case Present(Optional<String> wanted) -> {
        if (etag.isEmpty()) {
          yield Result.NO_SUCH_KEY;
        }
        yield wanted.isEmpty() || wanted.equals(etag) ? Result.HOLDS : Result.FAILED;
      }
    };
  }
}
