package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What an operation notes down while it is carried out, in case its bucket logs accesses.
final class AccessNotes {
  private final List<Also> also = new ArrayList<>();
  private OptionalLong size = OptionalLong.empty();
  private boolean wanted;
  private boolean lists;

  /// Something that is logged beside the request itself.
  ///
  /// @param bucket in whose log; nothing where it is the bucket of the request
  /// @param operation as logs call it
  record Also(
      Optional<Bucket> bucket,
      String operation,
      Optional<String> key,
      Optional<String> version,
      OptionalLong size,
      int status,
      Optional<S3Error> error) {}

  /// Says that the request's bucket logs accesses.
  void want() {
    wanted = true;
  }

  boolean areWanted() {
    return wanted;
  }

  /// The size of the object that the request is about.
  void size(long bytes) {
    size = OptionalLong.of(bytes);
  }

  OptionalLong size() {
    return size;
  }

  /// Says that the request was allowed by an access list and by nothing else.
  void allowedByList() {
    lists = true;
  }

  boolean isAllowedByList() {
    return lists;
  }

  void add(Also other) {
    also.add(other);
  }

  List<Also> also() {
    return also;
  }
}
