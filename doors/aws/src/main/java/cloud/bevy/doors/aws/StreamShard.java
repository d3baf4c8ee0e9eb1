package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StreamReader;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The one shard that a stream has, from its beginning to its end: one log is one order.
final class StreamShard {
  private static final Pattern SEQUENCE_PATTERN = Pattern.compile("10[0-9]{19}");
  private static final int LEADING = 2;

  private static final int INCARNATION_DIGITS = 8;

  private StreamShard() {}

  /// Its name.
  static String id(StreamReader stream) {
    return "shardId-%020d-%s"
        .formatted(
            stream.stream().created().toEpochMilli(),
            stream.table().incarnation().substring(0, INCARNATION_DIGITS));
  }

  /// The sequence number of a place: a one before it makes the 21 digits that there are at least.
  static String sequence(long place) {
    return "1%020d".formatted(place);
  }

  /// The place that has a sequence number; nothing where no place of the stream has it.
  static OptionalLong place(StreamReader stream, String sequence) {
    if (!SEQUENCE_PATTERN.matcher(sequence).matches()) {
      return OptionalLong.empty();
    }
    try {
      long place = Long.parseLong(sequence.substring(LEADING));
      boolean within = place >= stream.first() && place <= stream.last();
      return within ? OptionalLong.of(place) : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  static void write(JsonGenerator json, StreamReader stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("ShardId", id(stream));
    json.writeObjectFieldStart("SequenceNumberRange");
    json.writeStringField("StartingSequenceNumber", sequence(stream.first()));
    if (!stream.stream().enabled()) {
      json.writeStringField("EndingSequenceNumber", sequence(stream.last()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
