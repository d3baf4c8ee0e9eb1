package cloud.bevy.services.buckets;

/// What became of an object or part that was put.
///
/// @param <T> what is known of it
public sealed interface PutOutcome<T> {
  /// It is there, and durable.
  record Stored<T>(T stored) implements PutOutcome<T> {}

  /// The bucket was deleted in the meantime.
  record BucketGone<T>() implements PutOutcome<T> {}

  /// There is no such multipart upload, or it has ended.
  record NoSuchUpload<T>() implements PutOutcome<T> {}

  /// There is no object to compare with.
  record NoSuchKey<T>() implements PutOutcome<T> {}

  /// The condition does not hold.
  record ConditionFailed<T>() implements PutOutcome<T> {}

  /// There would be more bytes in the bucket, or in its cloud, than there may be.
  record QuotaExceeded<T>() implements PutOutcome<T> {}

  /// There were fewer or more bytes than were announced.
  record WrongLength<T>() implements PutOutcome<T> {}

  /// The bytes are others than those that were sent.
  ///
  /// @param what `Content-MD5` or the checksum's name
  record Mismatch<T>(String what) implements PutOutcome<T> {}

  /// The bytes cannot be encrypted with the key that came along, or without one.
  record WrongKey<T>(Encryption.KeyCheck problem) implements PutOutcome<T> {}

  /// The checksum is of another kind than the multipart upload asks for.
  record WrongAlgorithm<T>(ChecksumAlgorithm expected, ChecksumAlgorithm actual)
      implements PutOutcome<T> {}
}
