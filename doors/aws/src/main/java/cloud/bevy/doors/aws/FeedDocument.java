package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ItemChange;
import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.StreamView;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A record of a table's stream as AWS Lambda tells functions of it (Lambda Developer Guide, "Using
/// Lambda with DynamoDB"): what `GetRecords` answers, and of which stream it is.
public final class FeedDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private FeedDocument() {}

  /// The record, as JSON.
  ///
  /// @param stream that it is of
  /// @param view what it shows, whatever the stream itself shows
  public static byte[] write(StreamReader stream, StreamView view, ItemChange change) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        DynamoCall.Origin origin = DynamoDoor.WITHIN;
        json.writeStartObject();
        RecordAnswer.writeMembers(json, origin.region(), stream, change);
        RecordAnswer.writeChange(json, view, change);
        RecordAnswer.writeIdentity(json, change, "type", "principalId");
        String label = stream.stream().label();
        json.writeStringField("eventSourceARN", origin.streamArn(stream.table().name(), label));
        json.writeEndObject();
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The sequence number of a record, as it stands in the document.
  public static String sequence(ItemChange change) {
    return StreamShard.sequence(change.sequence());
  }
}
