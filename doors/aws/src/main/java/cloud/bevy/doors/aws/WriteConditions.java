package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.WriteCondition;
import java.util.Optional;

/// `If-Match` and `If-None-Match` of a request that writes.
final class WriteConditions {
  private WriteConditions() {}

  /// Reads the condition.
  static WriteCondition read(S3Call call) throws S3Exception {
    Optional<String> match = call.header("If-Match");
    Optional<String> noneMatch = call.header("If-None-Match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw S3Error.NOT_IMPLEMENTED.refused("If-Match together with If-None-Match.");
    }
    if (noneMatch.isPresent()) {
      return one(noneMatch.get())
          ? new WriteCondition.Unlike(Preconditions.unquoted(noneMatch.get()))
          : new WriteCondition.Absent();
    }
    return match
        .<WriteCondition>map(tag ->
            new WriteCondition.Present(
                Optional.of(tag).filter(WriteConditions::one).map(Preconditions::unquoted)))
        .orElseGet(WriteCondition::always);
  }

  private static boolean one(String tag) {
    return !tag.strip().equals("*");
  }
}
