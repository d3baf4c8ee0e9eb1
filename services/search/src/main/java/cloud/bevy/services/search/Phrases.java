package cloud.bevy.services.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/// Phrases of which the last word may go on.
final class Phrases {
  /// How many words the last one may become.
  private static final int EXPANSIONS = 50;

  private Phrases() {}

  static Query prefix(Analyzer analyzer, String field, String text, int slop) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(field, text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (words.isEmpty()) {
      return new MatchNoDocsQuery("no words");
    }
    return words.size() == 1
        ? new PrefixQuery(new Term(field, words.getFirst()))
        : new Begun(field, words, slop);
  }

  /// A phrase whose last word is not complete.
  private static final class Begun extends Query {
    private final String field;
    private final List<String> words;
    private final int slop;

    Begun(String field, List<String> words, int slop) {
      this.field = field;
      this.words = words;
      this.slop = slop;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
      MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder().setSlop(slop);
      words.subList(0, words.size() - 1).forEach(word -> phrase.add(new Term(field, word)));
      Term[] last = last(searcher.getIndexReader());
      return last.length == 0 ? new MatchNoDocsQuery("no such word") : phrase.add(last).build();
    }

    private Term[] last(IndexReader reader) throws IOException {
      List<Term> found = new ArrayList<>();
      BytesRef begin = new BytesRef(words.getLast());
      Terms terms = MultiTerms.getTerms(reader, field);
      TermsEnum all = terms == null ? TermsEnum.EMPTY : terms.iterator();
      TermsEnum.SeekStatus status = all.seekCeil(begin);
      BytesRef term = status == TermsEnum.SeekStatus.END ? null : all.term();
      while (term != null && found.size() < EXPANSIONS && StringHelper.startsWith(term, begin)) {
        found.add(new Term(field, BytesRef.deepCopyOf(term)));
        term = all.next();
      }
      return found.toArray(Term[]::new);
    }

    @Override
    public void visit(QueryVisitor visitor) {
      words.forEach(word -> visitor.consumeTerms(this, new Term(field, word)));
    }

    @Override
    public String toString(String any) {
      return field + ":" + words + "*";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Begun begun
          && field.equals(begun.field)
          && words.equals(begun.words)
          && slop == begun.slop;
    }

    @Override
    public int hashCode() {
      return 31 * field.hashCode() + words.hashCode();
    }
  }
}
