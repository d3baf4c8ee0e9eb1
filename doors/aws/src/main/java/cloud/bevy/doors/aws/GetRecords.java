package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ChangePage;
import cloud.bevy.services.tables.ItemChange;
import cloud.bevy.services.tables.IteratorUse;
import cloud.bevy.services.tables.StreamReader;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Reads on in a stream.
final class GetRecords implements DynamoOperation {
  private static final int MOST_RECORDS = 1000;
  private static final int LONGEST_ITERATOR = 2048;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetRecordsInput",
          Shape.text(
              "ShardIterator",
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(LONGEST_ITERATOR)),
          Shape.whole("Limit", new Constraint.AtLeast(1), new Constraint.AtMost(MOST_RECORDS)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Long limit = call.parameters().whole("Limit");
    int most = limit == null ? MOST_RECORDS : limit.intValue();
    switch (call.tables().streams().use(call.parameters().needed("ShardIterator"))) {
      case IteratorUse.Good(StreamReader reader, long place) ->
          answer(call, reader, reader.page(place, most));
      case IteratorUse.Expired() -> throw DynamoRefusal.expiredIterator();
      case IteratorUse.Unknown() -> throw DynamoRefusal.validation("Invalid ShardIterator");
      case IteratorUse.NoStream(String table, String label) ->
          throw DynamoRefusal.noStream(call.origin().streamArn(table, label));
    }
  }

  private static void answer(DynamoCall call, StreamReader reader, ChangePage page)
      throws IOException {
    switch (page) {
      case ChangePage.Trimmed() -> throw DynamoRefusal.trimmedData();
      case ChangePage.Read read -> {
        JsonGenerator json = call.json();
        json.writeStartObject();
        json.writeArrayFieldStart("Records");
        for (ItemChange change : read.changes()) {
          RecordAnswer.write(call, reader, change);
        }
        json.writeEndArray();
        if (!read.ended()) {
          json.writeStringField(
              "NextShardIterator", call.tables().streams().iterator(reader, read.next()));
        }
        json.writeEndObject();
      }
    }
  }
}
