package cloud.bevy.services.buckets;

/// What became of a multipart upload that was to be completed.
public sealed interface Completion {
  /// The fewest bytes that a part has which is not the last.
  long SMALLEST_PART = 5L << 20;

  /// The object is there, durably.
  record Completed(StoredObject object) implements Completion {}

  /// There is no such upload, or it has ended.
  record NoSuchUpload() implements Completion {}

  /// No part was named.
  record NoParts() implements Completion {}

  /// A part was not uploaded, or is another one than its sender remembers.
  record InvalidPart(CompletionRequest.Part part) implements Completion {}

  /// The parts are not in ascending order.
  record InvalidOrder() implements Completion {}

  /// A part that is not the last is too small.
  record TooSmall(UploadedPart part) implements Completion {}

  /// The object would be too large.
  record TooLarge(long size) implements Completion {}

  /// The condition does not hold.
  record ConditionFailed() implements Completion {}

  /// What the condition is about was put there after the upload had begun.
  record Conflict() implements Completion {}

  /// There is no object to compare with.
  record NoSuchKey() implements Completion {}

  /// The checksum is another one than was said.
  record WrongChecksum(ChecksumAlgorithm algorithm) implements Completion {}

  /// The size is another one than was said.
  ///
  /// @param size what it is
  record WrongSize(long size) implements Completion {}

  /// The bucket was deleted in the meantime.
  record BucketGone() implements Completion {}
}
