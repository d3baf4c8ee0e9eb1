package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SequencedMap;

/// A file of lines like `{"Item":{"p":{"S":"a"}}}`. Empty lines are passed over. Behind the first
/// line that is something else the file is not read further, as DynamoDB does it.
final class JsonLines implements ImportReader {
  /// An item has 400 KB; every character of it may be six.
  static final int MOST_BYTES = 4 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MOST_BYTES)
                  .maxNestingDepth(ShapeReader.MAXIMUM_DEPTH)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final ByteFeed feed;
  private boolean ended;

  JsonLines(ByteFeed feed) {
    this.feed = feed;
  }

  @Override
  public Optional<ImportedRecord> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (long before = feed.taken(); !ended && feed.taken() - before <= MOST_BYTES; ) {
      line.reset();
      if (!feed.line(line, MOST_BYTES)) {
        return broken("a line has more than " + MOST_BYTES + " bytes");
      }
      byte[] bytes = line.toByteArray();
      if (!new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
        return read(bytes);
      }
      ended = feed.peek() < 0;
    }
    return ended ? Optional.empty() : broken("more than " + MOST_BYTES + " bytes have no line");
  }

  private Optional<ImportedRecord> broken(String reason) {
    ended = true;
    return Optional.of(new ImportedRecord.Broken(reason + ": the file is not read further"));
  }

  private Optional<ImportedRecord> read(byte[] line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      WireAttributes found = null;
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return broken("a line is no object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("Item")) {
          found = new AttributeReader(json).attributes();
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        return broken("a line is more than an object");
      }
      return found == null ? broken("a line has no Item") : Optional.of(record(found));
    } catch (JsonProcessingException | DynamoRefusal malformed) {
      return broken("a line is no DynamoDB JSON");
    }
  }

  static ImportedRecord record(WireAttributes found) {
    try {
      SequencedMap<String, AttributeValue> attributes = found.checked();
      return attributes.containsKey("")
          ? new ImportedRecord.Broken("an attribute has no name")
          : new ImportedRecord.Parsed(new Item(attributes));
    } catch (InvalidRequest invalid) {
      return new ImportedRecord.Broken("a value breaks a rule");
    }
  }
}
