package cloud.bevy.services.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which objects of a bucket are in its index, and how. It is kept as a setting of the bucket, so
/// that it is as durable as the bucket.
///
/// @param prefixes what the keys begin with; one of them is enough
/// @param suffixes what the keys end with, in any case; none for whatever it is
/// @param language whose words are reduced to their stems; [SearchDefinition#PLAIN] for none
/// @param encrypted whether the text of objects is in the index that are encrypted with a key of
///   the cloud; there, it is not
public record BucketDefinition(
    List<String> prefixes, List<String> suffixes, String language, boolean encrypted) {
  /// The most prefixes, and the most suffixes.
  public static final int MOST = 64;

  private static final int LONGEST = 1024;
  private static final long VERSION = 1;

  /// Leaves out the prefixes that others include.
  ///
  /// @throws SearchRefusal if there are too many, or the language is not known
  public BucketDefinition {
    check("prefixes", prefixes);
    check("suffixes", suffixes);
    List<String> sorted =
        prefixes.stream().sorted(Comparator.comparingInt(String::length)).toList();
    List<String> apart = new ArrayList<>();
    for (String prefix : sorted) {
      if (apart.stream().noneMatch(prefix::startsWith)) {
        apart.add(prefix);
      }
    }
    prefixes = apart.isEmpty() ? List.of("") : ordered(apart);
    suffixes =
        suffixes.stream()
            .filter(suffix -> !suffix.isEmpty())
            .map(suffix -> suffix.toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    new SearchDefinition(ObjectItems.fields(), language); // which knows the languages
  }

  /// All objects of a bucket.
  public static final BucketDefinition ALL =
      new BucketDefinition(List.of(), List.of(), SearchDefinition.PLAIN, false);

  private static void check(String what, List<String> given) {
    if (given.size() > MOST) {
      throw SearchRefusal.illegal(
          "an index has " + MOST + " " + what + " at most, not " + given.size());
    }
    if (given.stream().anyMatch(each -> each.length() > LONGEST)) {
      throw SearchRefusal.illegal("no key is longer than " + LONGEST + " bytes");
    }
  }

  /// In the order of their bytes, as the keys are read.
  private static List<String> ordered(List<String> texts) {
    return texts.stream()
        .sorted((one, other) ->
            java.util.Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /// What the index holds of the objects.
  SearchDefinition fields() {
    return new SearchDefinition(ObjectItems.fields(), language);
  }

  /// Whether an object is in the index.
  boolean takes(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    return prefixes.stream().anyMatch(key::startsWith)
        && (suffixes.isEmpty() || suffixes.stream().anyMatch(folded::endsWith));
  }

  /// The setting's text; see `docs/formats/bucket.md`.
  String write() {
    return "{\"version\":"
        + VERSION
        + ",\"prefixes\":"
        + quoted(prefixes)
        + ",\"suffixes\":"
        + quoted(suffixes)
        + ",\"language\":"
        + quoted(language)
        + ",\"encrypted\":"
        + encrypted
        + "}";
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(BucketDefinition::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"'
        + new String(
            com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text))
        + '"';
  }

  /// Reads it.
  ///
  /// @throws SearchRefusal if a newer program has written it
  static BucketDefinition read(String text) {
    Map<String, @Nullable Object> tree = JsonTree.object(text.getBytes(StandardCharsets.UTF_8));
    if (!Long.valueOf(VERSION).equals(tree.get("version"))) {
      throw SearchRefusal.illegal("the index was defined by a newer version of bevy");
    }
    return new BucketDefinition(
        texts(tree.get("prefixes")),
        texts(tree.get("suffixes")),
        String.valueOf(tree.getOrDefault("language", SearchDefinition.PLAIN)),
        Boolean.TRUE.equals(tree.get("encrypted")));
  }

  private static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
  }
}
