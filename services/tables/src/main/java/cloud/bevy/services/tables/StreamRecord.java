package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a table's record says of one of its streams.
final class StreamRecord {
  private static final String FOLLOWERS = "followers";

  private StreamRecord() {}

  static void write(JsonGenerator json, TableStream stream) throws IOException {
    json.writeStartObject();
    json.writeNumberField("created", stream.created().toEpochMilli());
    json.writeStringField("view", stream.view().name());
    json.writeNumberField("since", stream.since());
    Instant ended = stream.ended();
    if (ended != null) {
      json.writeNumberField("until", stream.until());
      json.writeNumberField("ended", ended.toEpochMilli());
    }
    if (!stream.followers().isEmpty()) {
      json.writeArrayFieldStart(FOLLOWERS);
      for (String follower : stream.followers()) {
        json.writeString(follower);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  static TableStream read(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    List<String> followers = new ArrayList<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_ARRAY && field.equals(FOLLOWERS)) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          followers.add(json.getText());
        }
      } else if (json.currentToken() == JsonToken.START_ARRAY
          || json.currentToken().isStructStart()) {
        json.skipChildren();
      } else {
        members.put(field, json.getText());
      }
    }
    boolean ended = members.containsKey("ended");
    return new TableStream(
        Instant.ofEpochMilli(number(members, "created")),
        StreamView.valueOf(Objects.requireNonNull(members.get("view"), "view")),
        number(members, "since"),
        ended ? number(members, "until") : TableStream.OPEN,
        ended ? Instant.ofEpochMilli(number(members, "ended")) : null,
        followers);
  }

  private static long number(Map<String, String> members, String name) {
    return Long.parseLong(Objects.requireNonNull(members.get(name), name));
  }
}
