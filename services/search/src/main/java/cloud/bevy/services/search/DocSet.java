package cloud.bevy.services.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/// A set of documents: a bit for each of a segment, segment by segment.
record DocSet(List<LeafReaderContext> leaves, List<FixedBitSet> bits) {
  /// Those that match a query and are in no segment deleted.
  static DocSet of(IndexSearcher searcher, Query query) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    List<FixedBitSet> bits = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getLeafContexts()) {
      FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        Bits live = leaf.reader().getLiveDocs();
        DocIdSetIterator docs = scorer.iterator();
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
          if (live == null || live.get(doc)) {
            found.set(doc);
          }
        }
      }
      bits.add(found);
    }
    return new DocSet(searcher.getLeafContexts(), bits);
  }

  /// Those that are in both.
  DocSet and(DocSet other) {
    List<FixedBitSet> both = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      FixedBitSet copy = bits.get(i).clone();
      copy.and(other.bits.get(i));
      both.add(copy);
    }
    return new DocSet(leaves, both);
  }

  /// Those that are not in the other.
  DocSet without(DocSet other) {
    List<FixedBitSet> rest = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      FixedBitSet copy = bits.get(i).clone();
      copy.andNot(other.bits.get(i));
      rest.add(copy);
    }
    return new DocSet(leaves, rest);
  }

  long count() {
    return bits.stream().mapToLong(FixedBitSet::cardinality).sum();
  }

  /// The documents of a segment, in order.
  DocIdSetIterator docs(int leaf) {
    FixedBitSet set = bits.get(leaf);
    return new BitSetIterator(set, set.approximateCardinality());
  }
}
