package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.BucketEvent;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.Cause;
import cloud.bevy.services.buckets.EventType;
import cloud.bevy.services.buckets.Retention;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An event as S3 tells functions of it (Amazon S3 User Guide, "Event message structure").
public final class EventDocument {
  private static final JsonFactory JSON = new JsonFactory();

  /// Of the document: one for all events since S3's 2.4.
  private static final String VERSION = "2.5";

  /// Who S3 says it is that carries out lifecycles.
  private static final String S3 = "s3.amazonaws.com";

  private final Account owner;
  private final BucketSummary bucket;
  private final BucketEvent event;
  private final JsonGenerator json;

  private EventDocument(
      Account owner, BucketSummary bucket, BucketEvent event, JsonGenerator json) {
    this.owner = owner;
    this.bucket = bucket;
    this.event = event;
    this.json = json;
  }

  /// The document, as JSON.
  ///
  /// @param cloud whose bucket it is
  public static byte[] write(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        new EventDocument(cloud.account(bucket.owner()), bucket, event, json).write();
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("Records");
    json.writeStartObject();
    json.writeStringField("eventVersion", VERSION);
    json.writeStringField("eventSource", "aws:s3");
    json.writeStringField("awsRegion", Regions.name(bucket));
    json.writeStringField("eventTime", HttpDates.xml(event.at()));
    json.writeStringField("eventName", event.type().text());
    cause();
    json.writeObjectFieldStart("s3");
    json.writeStringField("s3SchemaVersion", "1.0");
    json.writeStringField("configurationId", event.rule());
    bucket();
    object();
    json.writeEndObject();
    if (event.type() == EventType.MOVED) {
      moved();
    } else if (event.type() == EventType.RETENTION_PUT) {
      retained();
    }
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void cause() throws IOException {
    Cause cause = event.cause();
    boolean aged = cause.act() == Cause.Act.LIFECYCLE;
    String principal = cause.principal().isEmpty() ? owner.id() : cause.principal();
    json.writeObjectFieldStart("userIdentity");
    json.writeStringField("principalId", aged ? S3 : principal);
    json.writeEndObject();
    json.writeObjectFieldStart("requestParameters");
    json.writeStringField("sourceIPAddress", aged ? S3 : cause.address());
    json.writeEndObject();
    json.writeObjectFieldStart("responseElements");
    json.writeStringField("x-amz-request-id", cause.request());
    json.writeStringField("x-amz-id-2", cause.request());
    json.writeEndObject();
  }

  private void bucket() throws IOException {
    String name = bucket.name().text();
    json.writeObjectFieldStart("bucket");
    json.writeStringField("name", name);
    json.writeObjectFieldStart("ownerIdentity");
    json.writeStringField("principalId", owner.id());
    json.writeEndObject();
    json.writeStringField("arn", "arn:aws:s3:::" + name);
    json.writeEndObject();
  }

  private void object() throws IOException {
    BucketEvent.Subject subject = event.subject();
    String key = URLEncoder.encode(subject.key().text(), StandardCharsets.UTF_8);
    json.writeObjectFieldStart("object");
    json.writeStringField("key", key.replace("%2F", "/"));
    if (subject.content().isPresent()) {
      json.writeNumberField("size", subject.content().get().size());
      json.writeStringField("eTag", subject.content().get().etag());
    }
    if (subject.version().isPresent()) {
      json.writeStringField("versionId", subject.version().get());
    }
    json.writeStringField("sequencer", "%016X".formatted(event.sequence()));
    json.writeEndObject();
  }

  private void moved() throws IOException {
    String to = event.subject().content().map(BucketEvent.Content::storageClass).orElse("");
    json.writeObjectFieldStart("lifecycleEventData");
    json.writeObjectFieldStart("transitionEventData");
    json.writeStringField("destinationStorageClass", to);
    json.writeEndObject();
    json.writeEndObject();
  }

  /// Nothing where the object is kept no longer.
  private void retained() throws IOException {
    Optional<Retention> retention =
        event.subject().content().flatMap(BucketEvent.Content::retention);
    if (retention.isPresent()) {
      json.writeObjectFieldStart("objectRetentionEventData");
      json.writeStringField("mode", retention.get().mode().name());
      json.writeStringField("retainUntilDate", HttpDates.xml(retention.get().until()));
      json.writeEndObject();
    }
  }
}
