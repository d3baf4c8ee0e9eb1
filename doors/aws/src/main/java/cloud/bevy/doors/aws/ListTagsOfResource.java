package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/// Says which tags a table has, all at once.
final class ListTagsOfResource implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("ListTagsOfResourceInput", TagShapes.RESOURCE, Shape.text("NextToken"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Map<String, String> tags =
        call.tables().table(TagShapes.table(call)).description().definition().tags();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Tags");
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      json.writeStartObject();
      json.writeStringField("Key", tag.getKey());
      json.writeStringField("Value", tag.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
