package cloud.bevy.services.buckets;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

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

  /// There is such an object, and it is what was said of it.
  ///
  /// @param size in bytes
  /// @param modified when it was stored, to the second
  record Same(Present etag, OptionalLong size, Optional<Instant> modified)
      implements WriteCondition {}

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
  /// @param object the object, if there is one
  default Result check(Optional<StoredObject> object) {
    Optional<String> etag = object.map(StoredObject::etag);
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
      case Same(Present wanted, OptionalLong size, Optional<Instant> modified) -> {
        Result result = wanted.check(object);
        boolean same =
            object
                .filter(it -> size.isEmpty() || size.getAsLong() == it.size())
                .filter(it -> modified.isEmpty() || isOf(modified.get(), it.modified()))
                .isPresent();
        yield result == Result.HOLDS && !same ? Result.FAILED : result;
      }
    };
  }

  private static boolean isOf(Instant second, Instant moment) {
    return second.truncatedTo(ChronoUnit.SECONDS).equals(moment.truncatedTo(ChronoUnit.SECONDS));
  }
}
