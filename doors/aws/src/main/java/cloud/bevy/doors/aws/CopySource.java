package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.BucketView;
import cloud.bevy.services.buckets.DeleteMarker;
import cloud.bevy.services.buckets.KeyVersion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.PastBucket;
import cloud.bevy.services.buckets.StoredObject;
import java.util.Optional;
import java.util.OptionalLong;

/// The object that `x-amz-copy-source` names: `BUCKET/KEY`, percent-encoded, with or without a
/// slash before it and a version after it.
///
/// @param past when the bucket was as it is meant, if not now
record CopySource(String bucket, Optional<PastName> past, ObjectKey key, Optional<String> version) {
  static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?" + VersionIds.PARAMETER + "=";

  /// Reads the header.
  static CopySource read(S3Call call) throws S3Exception {
    String text = call.header(HEADER).orElse("");
    Optional<String> version = Optional.empty();
    int question = text.indexOf(VERSION);
    if (question >= 0) {
      version = VersionIds.checked(Optional.of(text.substring(question + VERSION.length())));
      text = text.substring(0, question);
    }
    String path = AwsUri.decode(text).orElseThrow(() -> invalid(call, "encoding"));
    String source = path.startsWith("/") ? path.substring(1) : path;
    int slash = source.indexOf('/');
    if (slash <= 0 || slash == source.length() - 1) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid copy source object key")
          .about(HEADER, HEADER); // S3 says the header's name twice
    }
    String name = source.substring(0, slash);
    Optional<PastName> past = PastName.read(name);
    String bucket = past.map(PastName::bucket).orElse(name);
    if (BucketName.of(bucket).isEmpty()) {
      throw invalid(call, "bucket name");
    }
    return new CopySource(bucket, past, call.key(source.substring(slash + 1)), version);
  }

  private static S3Exception invalid(S3Call call, String what) {
    return S3Error.INVALID_ARGUMENT
        .refused("Invalid copy source " + what)
        .about(HEADER, call.header(HEADER).orElse(""));
  }

  /// Opens the object, if it is as the request wants it to be.
  OpenObject open(S3Call call) throws S3Exception {
    Bucket from = call.bucket(bucket);
    call.access().expectOwner(from, "x-amz-source-expected-bucket-owner");
    BucketView view = past.isPresent() ? past.get().in(from) : from;
    if (view instanceof PastBucket was) {
      call.access().past(from, was, key, version);
    } else {
      call.access().object(from, key, version, "s3:GetObject");
    }
    OpenObject open = view.open(key, version).orElseThrow(() -> missing(call, view));
    try {
      if (past.isEmpty()) {
        call.access().read(from, open.object(), version.isPresent());
      }
    } catch (S3Exception refused) {
      open.close();
      throw refused;
    }
    Preconditions conditions = Preconditions.read(call, HEADER + "-");
    Preconditions.Result result = conditions.check(open.object().etag(), open.object().modified());
    if (result != Preconditions.Result.PROCEED) {
      open.close();
      throw conditions.failed(HEADER + "-", result);
    }
    return unlocked(call, open);
  }

  /// Notes down that it was read, for the log of the bucket it is in.
  ///
  /// @param operation as logs call it
  void note(S3Call call, StoredObject original, String operation) throws S3Exception {
    call.notes()
        .add(
            new AccessNotes.Also(
                Optional.of(call.bucket(bucket)),
                operation,
                Optional.of(key.text()),
                version,
                OptionalLong.of(original.size()),
                call.exchange().status(),
                Optional.empty()));
  }

  private static OpenObject unlocked(S3Call call, OpenObject open) throws S3Exception {
    try {
      EncryptionHeaders.check(open.unlock(EncryptionHeaders.sourceKey(call)));
      return open;
    } catch (S3Exception refused) {
      open.close();
      throw refused;
    }
  }

  private S3Exception missing(S3Call call, BucketView source) {
    Optional<KeyVersion> found = source.find(key, version);
    if (past.isPresent() && found.filter(StoredObject.class::isInstance).isPresent()) {
      return PastName.lost(key);
    }
    if (version.isPresent() && found.filter(DeleteMarker.class::isInstance).isPresent()) {
      return S3Error.INVALID_REQUEST.refused(
          "The source of a copy request may not specifically refer to a delete marker by version"
              + " id.");
    }
    if (call.buckets().find(new BucketName(bucket)).isEmpty()) {
      return S3Error.NO_SUCH_BUCKET.refused().with("BucketName", bucket);
    }
    return version.isPresent()
        ? S3Error.NO_SUCH_VERSION.refused().with("Key", key.text()).with("VersionId", version.get())
        : S3Error.NO_SUCH_KEY.refused().with("Key", key.text());
  }
}
