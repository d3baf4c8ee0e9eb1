package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.WriteCondition;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// `If-Match` and `If-None-Match` of a request that writes, and what else deletions may ask for.
final class WriteConditions {
  private static final String PREFIX = "x-amz-if-match-";

  private WriteConditions() {}

  /// Reads the condition.
  static WriteCondition read(S3Call call) throws S3Exception {
    Optional<String> match = call.header("If-Match");
    Optional<String> noneMatch = call.header("If-None-Match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw S3Error.NOT_IMPLEMENTED
          .refused()
          .with("Header", "If-Match,If-None-Match")
          .with("additionalMessage", "Multiple conditional request headers present in the request");
    }
    if (noneMatch.isPresent()) {
      return one(noneMatch.get())
          ? new WriteCondition.Unlike(Preconditions.unquoted(noneMatch.get()))
          : new WriteCondition.Absent();
    }
    return match.<WriteCondition>map(WriteConditions::present).orElseGet(WriteCondition::always);
  }

  /// Reads the condition of a deletion, which may also be about the object's size and age.
  static WriteCondition ofDeletion(S3Call call) throws S3Exception {
    return same(
        read(call), call.header(PREFIX + "size"), call.header(PREFIX + "last-modified-time"));
  }

  /// Reads the condition of one of several deletions.
  static WriteCondition ofDeletion(XmlElement object) throws S3Exception {
    WriteCondition condition =
        object
            .first("ETag")
            .<WriteCondition>map(WriteConditions::present)
            .orElseGet(WriteCondition::always);
    return same(condition, object.first("Size"), object.first("LastModifiedTime"));
  }

  private static WriteCondition same(
      WriteCondition condition, Optional<String> size, Optional<String> modified)
      throws S3Exception {
    if (size.isEmpty() && modified.isEmpty()) {
      return condition;
    }
    OptionalLong bytes = OptionalLong.empty();
    if (size.isPresent()) {
      if (!size.get().strip().matches("[0-9]{1,18}")) {
        throw S3Error.INVALID_ARGUMENT.refused("The size is not a number of bytes.");
      }
      bytes = OptionalLong.of(Long.parseLong(size.get().strip()));
    }
    Optional<Instant> moment = modified.flatMap(HttpDates::readWithoutWeekday);
    if (modified.isPresent() && moment.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT.refused("The last modified time is not a date.");
    }
    WriteCondition.Present present =
        condition instanceof WriteCondition.Present given
            ? given
            : new WriteCondition.Present(Optional.empty());
    return new WriteCondition.Same(present, bytes, moment);
  }

  private static WriteCondition.Present present(String tag) {
    return new WriteCondition.Present(
        Optional.of(tag).filter(WriteConditions::one).map(Preconditions::unquoted));
  }

  private static boolean one(String tag) {
    return !tag.strip().equals("*");
  }
}
