package cloud.bevy.services.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// What of a table's items is in its index. It is kept as tags of the table, so that it is as
/// durable as the table, and whoever may tag a table may index it: `bevy:search:text` names the
/// fields of text, and so on for each [FieldKind]; `bevy:search:language` the language of the text.
///
/// @param fields in the order of their kinds, then as they were given
/// @param language whose words are reduced to their stems; [#PLAIN] for none
public record SearchDefinition(List<SearchField> fields, String language) {
  /// What the tags begin with.
  public static final String TAG = "bevy:search:";

  /// Words as they are, without case and accents.
  public static final String PLAIN = "plain";

  /// The most fields of an index.
  public static final int MOST_FIELDS = 256;

  private static final String LANGUAGE = TAG + "language";

  /// Raised when an index is to be made in another way than before: then all are made anew.
  private static final String FORM = "1";

  /// @throws SearchRefusal if there is no field, there are too many, one is there twice, or the
  ///   language is not known
  public SearchDefinition {
    fields = fields.stream().sorted((one, other) -> one.kind().compareTo(other.kind())).toList();
    if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
      throw SearchRefusal.illegal(
          "an index has 1 to " + MOST_FIELDS + " fields, not " + fields.size());
    }
    Set<String> names = new LinkedHashSet<>();
    for (SearchField field : fields) {
      if (!names.add(field.indexed())) {
        throw SearchRefusal.illegal(
            "[" + field.name() + "] is twice a field of kind " + field.kind().word());
      }
    }
    if (!Languages.known(language)) {
      throw SearchRefusal.illegal(
          "[" + language + "] is no language that is known: it is one of " + Languages.words());
    }
  }

  /// Whether a tag is part of a definition.
  public static boolean isTag(String key) {
    return key.startsWith(TAG);
  }

  /// The definition in the tags of a table; nothing where they name no field.
  ///
  /// @throws SearchRefusal if they are wrong
  public static Optional<SearchDefinition> of(Map<String, String> tags) {
    List<SearchField> fields = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>(List.of(LANGUAGE));
    for (FieldKind kind : FieldKind.values()) {
      known.add(TAG + kind.word());
      words(tags.getOrDefault(TAG + kind.word(), ""))
          .forEach(word -> fields.add(SearchField.read(kind, word)));
    }
    List<String> mine = tags.keySet().stream().filter(SearchDefinition::isTag).toList();
    for (String tag : mine) {
      if (!known.contains(tag)) {
        throw SearchRefusal.illegal(
            "[" + tag + "] is no tag of an index: it is one of " + String.join(", ", known));
      }
    }
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new SearchDefinition(fields, tags.getOrDefault(LANGUAGE, PLAIN)));
  }

  /// The names in a list, with commas or spaces between them.
  public static Stream<String> words(String list) {
    return Arrays.stream(list.split("[, ]+")).filter(word -> !word.isEmpty());
  }

  /// A field as it is written in a definition.
  ///
  /// @throws SearchRefusal if it cannot be
  public static SearchField field(FieldKind kind, String written) {
    return SearchField.read(kind, written);
  }

  /// The tags that say this.
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    for (FieldKind kind : FieldKind.values()) {
      String written = of(kind).map(SearchField::written).collect(Collectors.joining(" "));
      if (!written.isEmpty()) {
        tags.put(TAG + kind.word(), written);
      }
    }
    if (!language.equals(PLAIN)) {
      tags.put(LANGUAGE, language);
    }
    return tags;
  }

  /// The fields of a kind.
  public Stream<SearchField> of(FieldKind kind) {
    return fields.stream().filter(field -> field.kind() == kind);
  }

  /// A field for a query about words: the text of that name, or else what there is. `name.keyword`
  /// is the keyword `name`.
  public Optional<SearchField> worded(String name) {
    return first(name, FieldKind.values());
  }

  /// A field for what is about whole values: order, counts.
  public Optional<SearchField> whole(String name) {
    return first(name, FieldKind.KEYWORD, FieldKind.NUMBER, FieldKind.DATE);
  }

  /// The vector of that name.
  public Optional<SearchField> vector(String name) {
    return first(name, FieldKind.VECTOR);
  }

  private Optional<SearchField> first(String name, FieldKind... kinds) {
    for (FieldKind kind : kinds) {
      Optional<SearchField> found = of(kind).filter(field -> field.name().equals(name)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    String suffix = "." + FieldKind.KEYWORD.word();
    return name.endsWith(suffix)
        ? of(FieldKind.KEYWORD).filter(field -> name.equals(field.name() + suffix)).findFirst()
        : Optional.empty();
  }

  /// Eight digits that are others when the index would be.
  String fingerprint() {
    CRC32C sum = new CRC32C();
    sum.update((FORM + tags()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
