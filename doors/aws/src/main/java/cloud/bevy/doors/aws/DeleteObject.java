package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.ObjectVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Deletes an object. It is no error if there is none.
final class DeleteObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    Optional<String> version = VersionIds.read(call);
    ObjectDeletion deletion =
        new ObjectDeletion(
            key, version, WriteConditions.ofDeletion(call), LockHeaders.bypass(call, bucket, key));
    ObjectDeletion.Outcome outcome = bucket.delete(List.of(deletion)).getFirst();
    switch (outcome.result()) {
      case DELETED, NO_SUCH_KEY -> { // what is not there needs no condition
        outcome
            .version()
            .map(ObjectVersion::id)
            .or(() -> version)
            .ifPresent(id -> VersionIds.answerDeleted(call, id, outcome.marker()));
        call.sendEmpty(204);
      }
      case LOCKED -> throw LockHeaders.locked();
      case CONDITION_FAILED -> throw S3Error.PRECONDITION_FAILED.refused();
      case BUCKET_GONE -> throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }
}
