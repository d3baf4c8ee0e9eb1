package cloud.bevy.services.search;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key of an item as one string, for those who name documents by one: the partition key; in a
/// table with a sort key, that behind a slash. Slashes and per cent signs of two-part keys are
/// written `%2F` and `%25`; bytes are written in base64 for URLs.
public final class ItemIds {
  private ItemIds() {}

  /// The id of a key.
  public static String id(Key key) {
    String partition = text(key.partition());
    AttributeValue sort = key.sort();
    return sort == null ? partition : escaped(partition) + "/" + escaped(text(sort));
  }

  /// The key of an id; nothing where it cannot be one of such a table.
  public static Optional<Key> key(KeySchema schema, String id) {
    KeyAttribute sort = schema.sort();
    String partition = id;
    String rest = null;
    if (sort != null) {
      int slash = id.indexOf('/');
      if (slash < 0 || id.indexOf('/', slash + 1) >= 0) {
        return Optional.empty();
      }
      partition = plain(id.substring(0, slash));
      rest = plain(id.substring(slash + 1));
    }
    return key(schema, partition, rest);
  }

  private static Optional<Key> key(KeySchema schema, String partition, @Nullable String rest) {
    KeyAttribute sort = schema.sort();
    try {
      Map<String, AttributeValue> attributes = new LinkedHashMap<>();
      attributes.put(schema.partition().name(), value(schema.partition(), partition));
      if (sort != null && rest != null) {
        attributes.put(sort.name(), value(sort, rest));
      }
      return Optional.of(schema.keyFrom(attributes));
    } catch (InvalidRequest | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static AttributeValue value(KeyAttribute attribute, String text) {
    return switch (attribute.type()) {
      case S -> new AttributeValue.S(text);
      case N -> new AttributeValue.N(Decimal.parse(text));
      case B -> new AttributeValue.B(Binary.of(Base64.getUrlDecoder().decode(text)));
    };
  }

  private static String text(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N(Decimal number) -> number.toString();
      case AttributeValue.B(Binary bytes) ->
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.bytes());
      default -> throw new IllegalArgumentException("no key is of type " + value.type());
    };
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("/", "%2F");
  }

  private static String plain(String text) {
    return text.replace("%2F", "/").replace("%25", "%");
  }
}
