package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import java.io.IOException;
import java.util.List;

/// Deletes an object. It is no error if there is none.
final class DeleteObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    ObjectDeletion deletion = new ObjectDeletion(key, WriteConditions.read(call));
    switch (bucket.delete(List.of(deletion)).getFirst()) {
      case DELETED, NO_SUCH_KEY -> call.sendEmpty(204); // what is not there needs no condition
      case CONDITION_FAILED -> throw S3Error.PRECONDITION_FAILED.refused();
      case BUCKET_GONE -> throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }
}
