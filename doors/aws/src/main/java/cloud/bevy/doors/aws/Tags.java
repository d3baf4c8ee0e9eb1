package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Tags of objects and buckets as requests give them: in a document or in a header.
final class Tags {
  private static final int MOST_OF_OBJECT = 10;
  private static final int MOST_OF_BUCKET = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final String HEADER = "x-amz-tagging";
  private static final String TAG_KEY = "TagKey";
  private static final String RESERVED = "aws:";
  private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private final SortedMap<String, String> tags = new TreeMap<>();

  private Tags() {}

  /// Reads the tags of an object from the document `Tagging`.
  static SortedMap<String, String> ofObject(XmlElement tagging) throws S3Exception {
    SortedMap<String, String> tags = read(tagging);
    checkCount(tags);
    return tags;
  }

  /// Reads the tags of a bucket from the document `Tagging`.
  static SortedMap<String, String> ofBucket(XmlElement tagging) throws S3Exception {
    SortedMap<String, String> tags = read(tagging);
    if (tags.size() > MOST_OF_BUCKET) {
      throw S3Error.BAD_REQUEST.refused(
          "Bucket tag count cannot be greater than " + MOST_OF_BUCKET);
    }
    return tags;
  }

  /// Reads the tags of an object from `x-amz-tagging`, where they stand like a query string.
  static SortedMap<String, String> ofHeader(Headers headers) throws S3Exception {
    Tags read = new Tags();
    String text = headers.first(HEADER).orElse("");
    if (!text.chars().allMatch(c -> c < 0x80)) {
      throw unreadable(text);
    }
    for (QueryString.Parameter tag :
        QueryString.read(text).orElseThrow(() -> unreadable(text)).parameters()) {
      if (tag.name().isEmpty() || read.tags.containsKey(tag.name())) {
        throw unreadable(text);
      }
      read.add(tag.name(), tag.value());
    }
    checkCount(read.tags);
    return read.tags;
  }

  /// Reads one tag.
  static void checkTag(String key, String value) throws S3Exception {
    new Tags().add(key, value);
  }

  /// Writes the element `TagSet`.
  static XmlWriter write(XmlWriter xml, SortedMap<String, String> tags) {
    xml.open("TagSet");
    tags.forEach(
        (key, value) -> xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
    return xml.close("TagSet");
  }

  private static SortedMap<String, String> read(XmlElement tagging) throws S3Exception {
    Tags read = new Tags();
    List<XmlElement> sets = tagging.only("TagSet").children();
    if (sets.isEmpty()) {
      return read.tags;
    }
    if (sets.size() != 1) {
      throw S3Error.MALFORMED_XML.refused();
    }
    for (XmlElement tag : sets.getFirst().only("Tag").children()) {
      Optional<String> key = tag.only("Key", "Value").once("Key", "Value").first("Key");
      String name = key.orElseThrow(S3Error.MALFORMED_XML::refused);
      String value = tag.first("Value").orElseThrow(S3Error.MALFORMED_XML::refused);
      if (read.tags.containsKey(name)) {
        throw S3Error.INVALID_TAG
            .refused("Cannot provide multiple Tags with the same key")
            .with(TAG_KEY, name);
      }
      read.add(name, value);
    }
    return read.tags;
  }

  private void add(String key, String value) throws S3Exception {
    if (key.isEmpty() || !fits(key, LONGEST_KEY)) {
      throw S3Error.INVALID_TAG
          .refused("The TagKey you have provided is invalid")
          .with(TAG_KEY, key);
    }
    if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
      throw S3Error.INVALID_TAG
          .refused("System tags cannot be added/updated by requester")
          .with(TAG_KEY, key);
    }
    if (!fits(value, LONGEST_VALUE)) {
      throw S3Error.INVALID_TAG
          .refused("The TagValue you have provided is invalid")
          .with(TAG_KEY, key)
          .with("TagValue", value);
    }
    tags.put(key, value);
  }

  private static boolean fits(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest && CHARACTERS.matcher(text).matches();
  }

  private static void checkCount(SortedMap<String, String> tags) throws S3Exception {
    if (tags.size() > MOST_OF_OBJECT) {
      throw S3Error.BAD_REQUEST.refused("Object tags cannot be greater than " + MOST_OF_OBJECT);
    }
  }

  private static S3Exception unreadable(String text) {
    return S3Error.INVALID_ARGUMENT
        .refused(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                + " parameters without tag name duplicates.")
        .about(HEADER, text);
  }
}
