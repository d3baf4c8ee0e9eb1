package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the records of objects of which nothing unusual is said, exactly as [ObjectRecord] writes
/// them: entity tag, size and age, and headers, user metadata and a checksum where there are any.
/// Nearly all are; lists read many, and this costs a tenth of what JSON costs.
final class UsualObject {
  /// More digits are left to the parser.
  private static final int MOST_DIGITS = 18;

  private final String json;
  private int position;
  private boolean usual = true;

  private UsualObject(String json) {
    this.json = json;
  }

  /// The object, or nothing where its record is not written that way: then it is to be read as
  /// JSON.
  ///
  /// @param sequence of its entry
  static @Nullable StoredObject read(ObjectKey key, long sequence, String json) {
    return new UsualObject(json).read(key, sequence);
  }

  private @Nullable StoredObject read(ObjectKey key, long sequence) {
    word("{\"version\":1");
    String id = comes(",\"versionId\":\"") ? text() : ObjectVersion.NULL;
    word(",\"etag\":\"");
    String etag = text();
    word(",\"size\":");
    long size = number();
    word(",\"modified\":");
    long modified = number();
    SortedMap<String, String> headers = texts(",\"headers\":{");
    SortedMap<String, String> user = texts(",\"user\":{");
    Optional<Checksum> checksum = checksum();
    word("}");
    if (!usual || position != json.length()) {
      return null;
    }
    return new StoredObject(
        key,
        new ObjectVersion(id, ObjectVersion.sequence(id).orElse(sequence)),
        etag,
        size,
        Instant.ofEpochMilli(modified),
        headers.isEmpty() && user.isEmpty()
            ? ObjectAttributes.NONE
            : ObjectAttributes.plain(headers, user),
        checksum,
        List.of(),
        Optional.empty());
  }

  private Optional<Checksum> checksum() {
    if (!comes(",\"checksum\":{\"")) {
      return Optional.empty();
    }
    String name = text();
    word(":\"");
    String value = text();
    word("}");
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (usual && algorithm.name().equals(name)) {
        Optional<Checksum> checksum = Checksum.read(algorithm, value);
        usual = checksum.isPresent();
        return checksum;
      }
    }
    usual = false;
    return Optional.empty();
  }

  private SortedMap<String, String> texts(String begin) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (!comes(begin)) {
      return texts;
    }
    do {
      word("\"");
      String name = text();
      word(":\"");
      texts.put(name, text());
    } while (usual && comes(","));
    word("}");
    return texts;
  }

  private boolean comes(String word) {
    boolean there = json.startsWith(word, position);
    if (there) {
      position += word.length();
    }
    return there;
  }

  private void word(String word) {
    usual &= comes(word);
  }

  /// What stands up to the next quote, which is taken too.
  private String text() {
    int start = position;
    while (usual && position < json.length() && json.charAt(position) != '"') {
      char c = json.charAt(position++);
      usual = c >= ' ' && c != '\\';
    }
    usual &= position < json.length();
    position++;
    return usual ? json.substring(start, position - 1) : "";
  }

  private long number() {
    int start = position;
    long number = 0;
    while (position < json.length() && digit(json.charAt(position))) {
      number = 10 * number + json.charAt(position++) - '0';
      usual &= position - start <= MOST_DIGITS;
    }
    usual &= position > start && (json.charAt(start) != '0' || position == start + 1);
    return number;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
