package cloud.bevy.services.search;

import cloud.bevy.services.tables.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.jspecify.annotations.Nullable;

/// What of the text of an item has matched, in pieces. The text comes from the item, so that the
/// index need not hold it.
final class Highlighting {
  private static final int MOST_FIELDS = 64;
  private static final int MOST_PIECES = 100;
  private static final int LONGEST_PIECE = 10_000;
  private static final int PIECES = 5;
  private static final int PIECE = 100;

  /// A match is in the middle of its piece, where there is text on both sides.
  private static final float MIDDLE = 0.5f;

  /// Between the values of an attribute that has several.
  private static final String BETWEEN = "\0";

  /// Of a longer text only so many characters are looked at.
  private static final int LONGEST_TEXT = 200_000;

  /// How a field is shown.
  ///
  /// @param pieces how many; 0 for the whole text
  /// @param length of a piece, about
  /// @param html whether the text is to be shown by a browser
  private record Style(String before, String after, int pieces, int length, boolean html) {}

  private final Map<SearchField, Style> fields = new LinkedHashMap<>();
  private final Map<SearchField, String> names = new LinkedHashMap<>();
  private final Analyzer analyzer;
  private final @Nullable Query query;

  private Highlighting(Analyzer analyzer, @Nullable Query query) {
    this.analyzer = analyzer;
    this.query = query;
  }

  /// Reads `highlight` of a search.
  static Highlighting read(
      QueryReader queries, SearchDefinition definition, Analyzer analyzer, Part part) {
    Object other = part.value("highlight_query");
    Query query = other == null ? null : queries.query(other);
    Highlighting highlighting = new Highlighting(analyzer, query);
    Style style = style(part, new Style("<em>", "</em>", PIECES, PIECE, false));
    Object wanted = part.value("fields");
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    if (wanted instanceof List<?>) {
      Part.list("fields", wanted).forEach(each -> named.putAll(Part.map("fields", each)));
    } else {
      named.putAll(Part.map("fields", wanted));
    }
    if (named.size() > MOST_FIELDS) {
      throw SearchRefusal.illegal("a search highlights " + MOST_FIELDS + " fields at most");
    }
    named.forEach(
        (name, how) -> highlighting.add(definition, name, style(Part.of(name, how), style)));
    part.ignore("require_field_match", "type", "order", "boundary_scanner", "no_match_size");
    part.end();
    return highlighting;
  }

  private static Style style(Part part, Style otherwise) {
    String before = tag(part, "pre_tags", otherwise.before());
    String after = tag(part, "post_tags", otherwise.after());
    int pieces = part.integer("number_of_fragments", otherwise.pieces(), 0, MOST_PIECES);
    int length = part.integer("fragment_size", otherwise.length(), 1, LONGEST_PIECE);
    String encoder = part.text("encoder", otherwise.html() ? "html" : "default");
    part.ignore("type", "require_field_match", "matched_fields", "no_match_size", "order");
    if (!part.name().equals("highlight")) {
      part.end();
    }
    return new Style(before, after, pieces, length, encoder.equals("html"));
  }

  private static String tag(Part part, String member, String otherwise) {
    List<@Nullable Object> tags = part.some(member);
    return tags.isEmpty() ? otherwise : String.valueOf(tags.getFirst());
  }

  private void add(SearchDefinition definition, String name, Style style) {
    if (name.endsWith("*")) {
      String begin = name.substring(0, name.length() - 1);
      definition
          .of(FieldKind.TEXT)
          .filter(field -> field.name().startsWith(begin))
          .forEach(field -> put(field, field.name(), style));
      return;
    }
    definition
        .worded(name)
        .filter(field -> field.kind() == FieldKind.TEXT)
        .ifPresent(field -> put(field, name, style));
  }

  private void put(SearchField field, String name, Style style) {
    fields.put(field, style);
    names.put(field, name);
  }

  /// The pieces of an item that match the query of the search, or another that was given.
  Map<String, List<String>> of(Item item, Query searched) {
    Query matched = query == null ? searched : query;
    Map<String, List<String>> found = new LinkedHashMap<>();
    fields.forEach((field, style) -> {
      String text =
          FieldValues.at(item, field.name()).stream()
              .map(FieldValues::text)
              .collect(Collectors.joining(BETWEEN));
      List<String> pieces = text.isEmpty() ? List.of() : pieces(field, style, text, matched);
      if (!pieces.isEmpty()) {
        found.put(names.getOrDefault(field, field.name()), pieces);
      }
    });
    return found;
  }

  private List<String> pieces(SearchField field, Style style, String text, Query matched) {
    UnifiedHighlighter highlighter =
        UnifiedHighlighter.builderWithoutSearcher(analyzer)
            .withFormatter(new Pieces(style))
            .withBreakIterator(() -> breaks(style))
            .withMaxLength(LONGEST_TEXT)
            .withMaxNoHighlightPassages(0)
            .withWeightMatches(false) // the text alone does not match what asks for a number too
            .build();
    try {
      int most = style.pieces() == 0 ? 1 : style.pieces();
      Object pieces = highlighter.highlightWithoutSearcher(field.indexed(), matched, text, most);
      return pieces instanceof Found found ? found.pieces() : List.of();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static BreakIterator breaks(Style style) {
    return style.pieces() == 0
        ? new WholeBreakIterator()
        : LengthGoalBreakIterator.createClosestToLength(
            BreakIterator.getSentenceInstance(Locale.ROOT), style.length(), MIDDLE);
  }

  /// What the highlighter hands back.
  private record Found(List<String> pieces) {}

  /// Writes the pieces, each for itself.
  private static final class Pieces extends PassageFormatter {
    private final Style style;

    Pieces(Style style) {
      this.style = style;
    }

    @Override
    public Object format(Passage[] passages, String content) {
      List<String> pieces = new ArrayList<>();
      for (Passage passage : passages) {
        if (passage.getNumMatches() > 0) {
          pieces.add(piece(passage, content));
        }
      }
      return new Found(pieces);
    }

    private String piece(Passage passage, String content) {
      StringBuilder out = new StringBuilder();
      int at = passage.getStartOffset();
      for (int i = 0; i < passage.getNumMatches(); i++) {
        int start = Math.max(at, passage.getMatchStarts()[i]);
        int end = Math.min(passage.getMatchEnds()[i], passage.getEndOffset());
        if (end > start) {
          out.append(plain(content.substring(at, start)));
          out.append(style.before()).append(plain(content.substring(start, end)));
          out.append(style.after());
          at = end;
        }
      }
      out.append(plain(content.substring(at, Math.max(at, passage.getEndOffset()))));
      return out.toString().replace('\0', ' ').strip();
    }

    private String plain(String text) {
      return style.html()
          ? text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&#x27;")
          : text;
    }
  }
}
