package cloud.bevy.services.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/// A word of a text as an index has it.
///
/// @param start where it begins in the text, in characters
/// @param end behind its last character
/// @param type what kind of word it is, as Lucene says
/// @param position how many words are before it
/// @param length of how many words it is
public record Token(String text, int start, int end, String type, int position, int length) {
  /// The most words of a request.
  static final int MOST = 10_000;

  /// How an attribute that is no text is analyzed: it is one word.
  public static final String WHOLE = "keyword";

  private static final String ANY = "";

  /// The words of texts, as those of a list in one attribute.
  ///
  /// @param analyzer a language of [SearchDefinition], or [#WHOLE]
  /// @throws SearchRefusal if there is no such analyzer, or there are too many words
  public static List<Token> of(String analyzer, List<String> texts) {
    List<Token> tokens = new ArrayList<>();
    try (Analyzer words = analyzer(analyzer)) {
      int position = -1;
      int offset = 0;
      for (String text : texts) {
        Reader reader = new Reader(words, text, position, offset);
        reader.readInto(tokens);
        position = reader.position + words.getPositionIncrementGap(ANY);
        offset = reader.end + words.getOffsetGap(ANY);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory is read", impossible);
    }
    return tokens;
  }

  private static Analyzer analyzer(String name) {
    return Optional.of(name)
        .filter(Languages::known)
        .map(Analysis::of)
        .or(() -> name.equals(WHOLE) ? Optional.of(new KeywordAnalyzer()) : Optional.empty())
        .orElseThrow(() ->
            SearchRefusal.illegal(
                "failed to find global analyzer ["
                    + name
                    + "]: there are standard, keyword and "
                    + Languages.words()));
  }

  /// Reads the words of one text.
  private static final class Reader {
    private final Analyzer analyzer;
    private final String text;
    private final int before;
    private int position;
    private int end;

    Reader(Analyzer analyzer, String text, int position, int before) {
      this.analyzer = analyzer;
      this.text = text;
      this.position = position;
      this.before = before;
    }

    void readInto(List<Token> tokens) throws IOException {
      try (TokenStream words = analyzer.tokenStream(ANY, text)) {
        CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
        OffsetAttribute offsets = words.addAttribute(OffsetAttribute.class);
        TypeAttribute type = words.addAttribute(TypeAttribute.class);
        PositionIncrementAttribute step = words.addAttribute(PositionIncrementAttribute.class);
        PositionLengthAttribute length = words.addAttribute(PositionLengthAttribute.class);
        words.reset();
        while (words.incrementToken()) {
          position += step.getPositionIncrement();
          tokens.add(
              new Token(
                  word.toString(),
                  before + offsets.startOffset(),
                  before + offsets.endOffset(),
                  type.type(),
                  position,
                  length.getPositionLength()));
          checkCount(tokens);
        }
        words.end();
        position += step.getPositionIncrement();
        end = before + offsets.endOffset();
      }
    }

    private static void checkCount(List<Token> tokens) {
      if (tokens.size() > MOST) {
        throw new SearchRefusal(
            SearchRefusal.Kind.ILLEGAL_ARGUMENT,
            "The number of tokens produced by calling _analyze has exceeded the allowed maximum"
                + " of ["
                + MOST
                + "].");
      }
    }
  }
}
