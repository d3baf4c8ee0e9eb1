package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.IOException;

/// Stores an object.
final class PutObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    store(call);
    call.sendEmpty(200);
  }

  /// Stores what a request or a form carries, and says in the answer's headers what was stored.
  static StoredObject store(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    ObjectAttributes attributes = ObjectOwners.attributes(call, bucket);
    WriteCondition condition = WriteConditions.read(call);
    Content content = RequestContent.of(call);
    StoredObject stored = PutAnswers.stored(bucket.put(key, attributes, content, condition));
    call.notes().size(stored.size());
    call.answerHeader("ETag", ObjectHeaders.quoted(stored.etag()));
    VersionIds.answerPut(call, bucket, stored.version());
    EncryptionHeaders.answer(call, attributes.encryption());
    stored.checksum().ifPresent(checksum -> ChecksumHeaders.answer(call, checksum));
    ExpirationHeader.answer(call, bucket, stored);
    return stored;
  }
}
