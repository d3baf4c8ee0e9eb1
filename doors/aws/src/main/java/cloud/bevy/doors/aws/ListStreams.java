package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StreamPage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.regex.Matcher;

/// Lists the streams that can be read.
final class ListStreams implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListStreamsInput",
          TableAnswer.TABLE_NAME,
          StreamParameters.LIMIT,
          Shape.text("ExclusiveStartStreamArn"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    Long limit = parameters.whole("Limit");
    String start = parameters.text("ExclusiveStartStreamArn");
    StreamPage.Named after = null;
    if (start != null) {
      Matcher parts = StreamParameters.parts(start);
      after = new StreamPage.Named(parts.group(1), parts.group(2));
    }
    StreamPage page =
        call.tables()
            .streams()
            .list(
                parameters.has("TableName") ? parameters.tableName() : null,
                after,
                limit == null ? StreamParameters.MOST_LISTED : limit.intValue());
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Streams");
    for (StreamPage.Named stream : page.streams()) {
      json.writeStartObject();
      json.writeStringField("StreamArn", arn(call, stream));
      json.writeStringField("TableName", stream.table());
      json.writeStringField("StreamLabel", stream.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (page.more()) {
      json.writeStringField("LastEvaluatedStreamArn", arn(call, page.streams().getLast()));
    }
    json.writeEndObject();
  }

  private static String arn(DynamoCall call, StreamPage.Named stream) {
    return call.origin().streamArn(stream.table(), stream.label());
  }
}
