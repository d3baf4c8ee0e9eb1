package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// What S3 says to a topic that is to be told of a bucket's events, to see that it can be (Amazon
/// S3 User Guide, "Event message structure").
final class TestEventDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private TestEventDocument() {}

  /// The document, as JSON.
  static byte[] write(Instant now, String bucket, String request) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        json.writeStringField("Service", "Amazon S3");
        json.writeStringField("Event", "s3:TestEvent");
        json.writeStringField("Time", Instant.ofEpochMilli(now.toEpochMilli()).toString());
        json.writeStringField("Bucket", bucket);
        json.writeStringField("RequestId", request);
        json.writeStringField("HostId", request);
        json.writeEndObject();
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
