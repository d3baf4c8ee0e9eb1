package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ItemChange;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.StreamView;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a record of a stream stands in an answer (API Reference, "Record").
final class RecordAnswer {
  private RecordAnswer() {}

  static void write(DynamoCall call, StreamReader stream, ItemChange change) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    writeMembers(json, call.origin().region(), stream, change);
    writeChange(json, stream.stream().view(), change);
    writeIdentity(json, change, "Type", "PrincipalId");
    json.writeEndObject();
  }

  /// What a record says beside what was changed.
  static void writeMembers(
      JsonGenerator json, String region, StreamReader stream, ItemChange change)
      throws IOException {
    json.writeStringField("eventID", id(stream, change));
    json.writeStringField("eventName", name(change));
    json.writeStringField("eventVersion", "1.1");
    json.writeStringField("eventSource", "aws:dynamodb");
    json.writeStringField("awsRegion", region);
  }

  /// Who has made the change, where that was the program because the item had expired.
  ///
  /// @param type the name of the one member
  /// @param principal the name of the other
  static void writeIdentity(JsonGenerator json, ItemChange change, String type, String principal)
      throws IOException {
    if (change.expired()) {
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField(type, "Service");
      json.writeStringField(principal, "dynamodb.amazonaws.com");
      json.writeEndObject();
    }
  }

  /// What was changed.
  static void writeChange(JsonGenerator json, StreamView view, ItemChange change)
      throws IOException {
    json.writeObjectFieldStart("dynamodb");
    json.writeNumberField("ApproximateCreationDateTime", change.moment().getEpochSecond());
    json.writeFieldName("Keys");
    ItemJson.write(json, change.keys());
    writeImage(json, "NewImage", change.newImage(view));
    writeImage(json, "OldImage", change.oldImage(view));
    json.writeStringField("SequenceNumber", StreamShard.sequence(change.sequence()));
    json.writeNumberField("SizeBytes", change.size(view));
    json.writeStringField("StreamViewType", view.name());
    json.writeEndObject();
  }

  private static void writeImage(JsonGenerator json, String name, @Nullable StoredItem image)
      throws IOException {
    if (image != null) {
      json.writeFieldName(name);
      ItemAnswer.write(json, image, null);
    }
  }

  private static String name(ItemChange change) {
    if (change.before() == null) {
      return "INSERT";
    }
    return change.after() == null ? "REMOVE" : "MODIFY";
  }

  /// The same for one record however often it is read, and another for all others.
  private static String id(StreamReader stream, ItemChange change) {
    String about = stream.table().incarnation() + "/" + change.sequence();
    return UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
