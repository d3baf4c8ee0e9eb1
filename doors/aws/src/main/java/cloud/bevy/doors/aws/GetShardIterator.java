package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ChangePage;
import cloud.bevy.services.tables.StreamReader;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// Gives an iterator to read a stream with.
final class GetShardIterator implements DynamoOperation {
  private static final String SEQUENCE_NUMBER = "SequenceNumber";

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetShardIteratorInput",
          StreamParameters.STREAM,
          StreamParameters.shard("ShardId", new Constraint.NotNull()),
          Shape.member(
              "ShardIteratorType",
              Shape.Scalar.TEXT,
              new Constraint.NotNull(),
              new Constraint.OneOf(
                  List.of(
                      "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"))),
          Shape.text(SEQUENCE_NUMBER, new Constraint.Shortest(21), new Constraint.Longest(40)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    StreamReader reader = StreamParameters.stream(call);
    String shard = parameters.needed("ShardId");
    if (!shard.equals(StreamShard.id(reader))) {
      throw DynamoRefusal.noShard(shard, parameters.needed("StreamArn"));
    }
    String type = parameters.needed("ShardIteratorType");
    boolean numbered = type.endsWith("_SEQUENCE_NUMBER");
    if (numbered != parameters.has(SEQUENCE_NUMBER)) {
      throw DynamoRefusal.validation(
          numbered
              ? "Invalid request: SequenceNumber is required for ShardIteratorType " + type
              : "Invalid request: SequenceNumber cannot be specified for ShardIteratorType "
                  + type);
    }
    long place =
        switch (type) {
          case "TRIM_HORIZON" -> reader.oldest();
          case "LATEST" -> reader.newest();
          case "AT_SEQUENCE_NUMBER" -> place(parameters, reader);
          default -> place(parameters, reader) + 1;
        };
    if (numbered && reader.page(place, 1) instanceof ChangePage.Trimmed) {
      throw DynamoRefusal.trimmedData();
    }
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeStringField("ShardIterator", call.tables().streams().iterator(reader, place));
    json.writeEndObject();
  }

  private static long place(Parameters parameters, StreamReader reader) {
    String sequence = parameters.needed(SEQUENCE_NUMBER);
    return StreamShard.place(reader, sequence)
        .orElseThrow(() ->
            DynamoRefusal.validation(
                "Invalid SequenceNumber: " + sequence + " is not in the shard"));
  }
}
