package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deletes up to a thousand objects at once.
final class DeleteObjects implements S3Operation {
  private static final int MOST = 1000;

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    XmlElement request = call.document("Delete");
    List<XmlElement> objects = request.all("Object");
    if (objects.isEmpty() || objects.size() > MOST) {
      throw S3Error.MALFORMED_XML.refused();
    }
    List<ObjectDeletion> deletions = new ArrayList<>();
    List<Optional<S3Exception>> refusals = new ArrayList<>();
    for (XmlElement object : objects) {
      refusals.add(read(call, bucket, object, deletions));
    }
    List<ObjectDeletion.Result> results = bucket.delete(deletions);
    boolean quiet = request.first("Quiet").orElse("").strip().equals("true");
    XmlWriter xml = XmlWriter.document("DeleteResult");
    int done = 0;
    for (int i = 0; i < objects.size(); i++) {
      String key = objects.get(i).first("Key").orElse("");
      Optional<S3Exception> refusal =
          refusals.get(i).isPresent() ? refusals.get(i) : refusal(results.get(done++));
      write(xml, key, refusal, quiet);
    }
    call.send(xml.close("DeleteResult"));
  }

  /// Adds what is to be deleted, or says why it cannot be.
  private static Optional<S3Exception> read(
      S3Call call, Bucket bucket, XmlElement object, List<ObjectDeletion> deletions)
      throws S3Exception {
    String text = object.first("Key").orElseThrow(S3Error.MALFORMED_XML::refused);
    try {
      VersionIds.check(object.first("VersionId"));
      ObjectKey key = call.key(text);
      boolean versioned = object.first("VersionId").isPresent();
      String action = "s3:DeleteObject";
      call.access().object(bucket, key, versioned ? S3Actions.ofVersion(action) : action);
      WriteCondition condition =
          object
              .first("ETag")
              .<WriteCondition>map(
                  tag -> new WriteCondition.Present(Optional.of(Preconditions.unquoted(tag))))
              .orElseGet(WriteCondition::always);
      deletions.add(new ObjectDeletion(key, condition));
      return Optional.empty();
    } catch (S3Exception refused) {
      return Optional.of(refused);
    }
  }

  private static Optional<S3Exception> refusal(ObjectDeletion.Result result) {
    return switch (result) {
      case DELETED -> Optional.empty();
      case CONDITION_FAILED -> Optional.of(S3Error.PRECONDITION_FAILED.refused());
      case NO_SUCH_KEY -> Optional.of(S3Error.NO_SUCH_KEY.refused());
      case BUCKET_GONE -> Optional.of(S3Error.NO_SUCH_BUCKET.refused());
    };
  }

  private static void write(
      XmlWriter xml, String key, Optional<S3Exception> refusal, boolean quiet) {
    if (refusal.isPresent()) {
      xml.open("Error")
          .element("Key", key)
          .element("Code", refusal.get().error().code())
          .element("Message", String.valueOf(refusal.get().getMessage()))
          .close("Error");
    } else if (!quiet) {
      xml.open("Deleted").element("Key", key).close("Deleted");
    }
  }
}
