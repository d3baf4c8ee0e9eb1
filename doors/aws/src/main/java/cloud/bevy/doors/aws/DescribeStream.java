package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.TableStream;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/// Says what a stream is and which shard it has.
final class DescribeStream implements DynamoOperation {
  private static final int MILLISECOND_DIGITS = 3;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeStreamInput",
          StreamParameters.STREAM,
          StreamParameters.LIMIT,
          StreamParameters.shard("ExclusiveStartShardId"),
          Shape.member(
              "ShardFilter",
              new Shape.Structure(
                  "ShardFilter",
                  Shape.text(
                      "Type",
                      new Constraint.NotNull(),
                      new Constraint.OneOf(List.of("CHILD_SHARDS"))),
                  StreamParameters.shard("ShardId"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    if (parameters.has("ShardFilter") && !parameters.structure("ShardFilter").has("ShardId")) {
      throw DynamoRefusal.validation(
          "One or more parameter values were invalid: ShardFilter of type CHILD_SHARDS needs a"
              + " ShardId");
    }
    StreamReader reader = StreamParameters.stream(call);
    TableStream stream = reader.stream();
    String table = reader.table().name();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("StreamDescription");
    json.writeStringField("StreamArn", call.origin().streamArn(table, stream.label()));
    json.writeStringField("StreamLabel", stream.label());
    json.writeStringField("StreamStatus", stream.enabled() ? "ENABLED" : "DISABLED");
    json.writeStringField("StreamViewType", stream.view().name());
    json.writeNumberField(
        "CreationRequestDateTime",
        BigDecimal.valueOf(stream.created().toEpochMilli(), MILLISECOND_DIGITS));
    json.writeStringField("TableName", table);
    TableAnswer.writeKeys(json, reader.table().definition().keys());
    json.writeArrayFieldStart("Shards");
    // A shard has no children: what is wanted of them, or behind it, is nothing.
    String after = parameters.text("ExclusiveStartShardId", "");
    if (StreamShard.id(reader).compareTo(after) > 0 && !parameters.has("ShardFilter")) {
      StreamShard.write(json, reader);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }
}
