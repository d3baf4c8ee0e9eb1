package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An entry of the catalogue that is texts by their names: a JSON object. Members that a version
/// does not know are passed over by it.
final class TextMembers {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> members;

  private TextMembers(Map<String, String> members) {
    this.members = members;
  }

  static TextMembers create() {
    return new TextMembers(new LinkedHashMap<>()).with("version", VERSION);
  }

  /// @throws IllegalStateException if the bytes are not such an entry, or of a later version
  static TextMembers read(byte[] bytes) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        if (json.nextToken().isStructStart()) {
          json.skipChildren();
        } else {
          members.put(field, json.getText());
        }
      }
    } catch (IOException damaged) {
      throw new IllegalStateException("an entry of the tables' catalogue is damaged", damaged);
    }
    TextMembers read = new TextMembers(members);
    if (read.number("version") > VERSION) {
      throw new IllegalStateException(
          "an entry of the tables' catalogue was written by a later version of Cloud Bevy");
    }
    return read;
  }

  byte[] bytes() {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        for (Map.Entry<String, String> member : members.entrySet()) {
          json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  TextMembers with(String name, @Nullable String text) {
    if (text != null) {
      members.put(name, text);
    }
    return this;
  }

  TextMembers with(String name, long number) {
    return with(name, Long.toString(number));
  }

  /// To the millisecond.
  TextMembers with(String name, @Nullable Instant moment) {
    return moment == null ? this : with(name, moment.toEpochMilli());
  }

  TextMembers with(TransferPlace place) {
    return with("bucket", place.bucket())
        .with("bucketOwner", place.owner())
        .with("prefix", place.prefix());
  }

  TextMembers with(@Nullable TransferEnd end) {
    return end == null
        ? this
        : with("ended", end.moment()).with("code", end.code()).with("message", end.message());
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  @Nullable String textOrNull(String name) {
    return members.get(name);
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  Instant moment(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  @Nullable Instant momentOrNull(String name) {
    return has(name) ? moment(name) : null;
  }

  TransferPlace place() {
    return new TransferPlace(text("bucket"), textOrNull("bucketOwner"), textOrNull("prefix"));
  }

  @Nullable TransferEnd end() {
    return has("ended") ? new TransferEnd(moment("ended"), text("code"), text("message")) : null;
  }
}
