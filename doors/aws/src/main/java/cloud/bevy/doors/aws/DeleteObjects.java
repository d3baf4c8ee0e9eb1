package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.ObjectVersion;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Deletes up to a thousand objects at once.
final class DeleteObjects implements S3Operation {
  private static final int MOST = 1000;
  private static final String VERSION_ID = "VersionId";

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
    List<ObjectDeletion.Outcome> outcomes = bucket.delete(deletions);
    boolean quiet = request.first("Quiet").orElse("").strip().equals("true");
    XmlWriter xml = XmlWriter.document("DeleteResult");
    int done = 0;
    for (int i = 0; i < objects.size(); i++) {
      XmlElement object = objects.get(i);
      Optional<S3Exception> refusal = refusals.get(i);
      if (refusal.isEmpty()) {
        ObjectDeletion.Outcome outcome = outcomes.get(done++);
        refusal = refusal(outcome.result());
        if (refusal.isEmpty() && !quiet) {
          write(xml, object, outcome);
        }
      }
      refusal.ifPresent(refused -> write(xml, object, refused));
      note(call, object, refusal.map(S3Exception::error));
    }
    call.send(xml.close("DeleteResult"));
  }

  /// Adds what is to be deleted, or says why it cannot be.
  private static Optional<S3Exception> read(
      S3Call call, Bucket bucket, XmlElement object, List<ObjectDeletion> deletions)
      throws S3Exception {
    String text = object.first("Key").orElseThrow(S3Error.MALFORMED_XML::refused);
    try {
      Optional<String> version = version(object);
      ObjectKey key = call.key(text);
      call.access().object(bucket, key, version, "s3:DeleteObject");
      WriteCondition condition = WriteConditions.ofDeletion(object);
      deletions.add(
          new ObjectDeletion(key, version, condition, LockHeaders.bypass(call, bucket, key)));
      return Optional.empty();
    } catch (S3Exception refused) {
      return Optional.of(refused);
    }
  }

  /// One of many versions is not there if it can be none.
  private static Optional<String> version(XmlElement object) throws S3Exception {
    Optional<String> version = object.first(VERSION_ID);
    if (version.isPresent() && !ObjectVersion.isId(version.get())) {
      throw S3Error.NO_SUCH_VERSION.refused();
    }
    return version;
  }

  private static Optional<S3Exception> refusal(ObjectDeletion.Result result) {
    return switch (result) {
      case DELETED, NO_SUCH_KEY -> Optional.empty();
      case LOCKED -> Optional.of(LockHeaders.locked());
      case CONDITION_FAILED -> Optional.of(S3Error.PRECONDITION_FAILED.refused());
      case BUCKET_GONE -> Optional.of(S3Error.NO_SUCH_BUCKET.refused());
    };
  }

  private static void note(S3Call call, XmlElement asked, Optional<S3Error> error) {
    call.notes()
        .add(
            new AccessNotes.Also(
                Optional.empty(),
                AccessNames.DELETED_WITH_OTHERS,
                asked.first("Key"),
                asked.first(VERSION_ID),
                OptionalLong.empty(),
                error.map(S3Error::status).orElse(204),
                error));
  }

  private static void write(XmlWriter xml, XmlElement asked, S3Exception refusal) {
    xml.open("Error").element("Key", asked.first("Key").orElse(""));
    asked.first(VERSION_ID).ifPresent(id -> xml.element(VERSION_ID, id));
    xml.element("Code", refusal.error().code())
        .element("Message", String.valueOf(refusal.getMessage()))
        .close("Error");
  }

  private static void write(XmlWriter xml, XmlElement asked, ObjectDeletion.Outcome outcome) {
    xml.open("Deleted").element("Key", asked.first("Key").orElse(""));
    asked.first(VERSION_ID).ifPresent(id -> xml.element(VERSION_ID, id));
    if (outcome.marker()) {
      xml.element("DeleteMarker", true);
      outcome.version().ifPresent(marker -> xml.element("DeleteMarkerVersionId", marker.id()));
    }
    xml.close("Deleted");
  }
}
