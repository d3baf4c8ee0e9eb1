package cloud.bevy.services.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/// How text becomes words. No word is left out: who looks for "to be or not to be" finds it.
final class Analysis {
  /// Words of different elements of a list are so far apart that no phrase spans them.
  private static final int GAP = 100;

  private Analysis() {}

  static Analyzer of(String language) {
    return language.equals(SearchDefinition.PLAIN) ? new Plain() : new Spaced(stemming(language));
  }

  private static Analyzer stemming(String language) {
    CharArraySet none = CharArraySet.EMPTY_SET;
    return switch (language) {
      case "arabic" -> new ArabicAnalyzer(none);
      case "czech" -> new CzechAnalyzer(none);
      case "danish" -> new DanishAnalyzer(none);
      case "dutch" -> new DutchAnalyzer(none);
      case "english" -> new EnglishAnalyzer(none);
      case "finnish" -> new FinnishAnalyzer(none);
      case "french" -> new FrenchAnalyzer(none);
      case "german" -> new GermanAnalyzer(none);
      case "greek" -> new GreekAnalyzer(none);
      case "hindi" -> new HindiAnalyzer(none);
      case "hungarian" -> new HungarianAnalyzer(none);
      case "italian" -> new ItalianAnalyzer(none);
      case "norwegian" -> new NorwegianAnalyzer(none);
      case "portuguese" -> new PortugueseAnalyzer(none);
      case "romanian" -> new RomanianAnalyzer(none);
      case "russian" -> new RussianAnalyzer(none);
      case "spanish" -> new SpanishAnalyzer(none);
      case "swedish" -> new SwedishAnalyzer(none);
      case "turkish" -> new TurkishAnalyzer(none);
      default -> throw new IllegalArgumentException(language);
    };
  }

  /// A language's own way, with gaps.
  private static final class Spaced extends AnalyzerWrapper {
    private final Analyzer words;

    Spaced(Analyzer words) {
      super(PER_FIELD_REUSE_STRATEGY);
      this.words = words;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
      return words;
    }

    @Override
    public int getPositionIncrementGap(String field) {
      return GAP;
    }
  }

  /// Words as Unicode divides text into them, without case and accents.
  private static final class Plain extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer words = new StandardTokenizer();
      return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream word) {
      return new ASCIIFoldingFilter(new LowerCaseFilter(word));
    }

    @Override
    public int getPositionIncrementGap(String field) {
      return GAP;
    }
  }
}
