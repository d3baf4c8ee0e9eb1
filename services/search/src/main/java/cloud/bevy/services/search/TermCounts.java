package cloud.bevy.services.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// How often each keyword occurs in documents. Each segment counts by the numbers of its own terms;
/// then the segments' terms are gone through together, in order, so that what is held in memory is
/// a number for each term and never the terms themselves.
final class TermCounts {
  /// Somebody who is told of the terms, in order.
  interface Taker {
    /// Takes the next term.
    ///
    /// @param term to be copied by who keeps it
    void take(BytesRef term, long count);
  }

  private final List<Segment> segments;

  private TermCounts(List<Segment> segments) {
    this.segments = segments;
  }

  /// The terms of one segment that occur.
  private static final class Segment {
    private final SortedSetDocValues values;
    private final int[] counts;
    private int at = -1;
    private @Nullable BytesRef term;

    Segment(SortedSetDocValues values, DocIdSetIterator docs) throws IOException {
      this.values = values;
      counts = new int[Math.toIntExact(values.getValueCount())];
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        int count = values.advanceExact(doc) ? values.docValueCount() : 0;
        for (int i = 0; i < count; i++) {
          counts[(int) values.nextOrd()]++;
        }
      }
    }

    /// Goes to the next term that occurs.
    boolean next() throws IOException {
      do {
        at++;
      } while (at < counts.length && counts[at] == 0);
      term = at < counts.length ? BytesRef.deepCopyOf(values.lookupOrd(at)) : null;
      return term != null;
    }

    BytesRef term() {
      return java.util.Objects.requireNonNull(term);
    }
  }

  static TermCounts of(DocSet docs, SearchField field) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int leaf = 0; leaf < docs.leaves().size(); leaf++) {
      SortedSetDocValues values =
          DocValues.getSortedSet(docs.leaves().get(leaf).reader(), field.indexed());
      segments.add(new Segment(values, docs.docs(leaf)));
    }
    return new TermCounts(segments);
  }

  /// Goes through the terms, once.
  void each(Taker taker) throws IOException {
    PriorityQueue<Segment> queue = new PriorityQueue<>(Comparator.comparing(Segment::term));
    for (Segment segment : segments) {
      if (segment.next()) {
        queue.add(segment);
      }
    }
    while (!queue.isEmpty()) {
      BytesRef term = queue.element().term();
      long count = 0;
      while (!queue.isEmpty() && queue.element().term().equals(term)) {
        Segment segment = queue.remove();
        count += segment.counts[segment.at];
        if (segment.next()) {
          queue.add(segment);
        }
      }
      taker.take(term, count);
    }
  }

  /// How many terms occur.
  long different() throws IOException {
    long[] count = new long[1];
    each((term, times) -> count[0]++);
    return count[0];
  }
}
