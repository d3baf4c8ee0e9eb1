package cloud.bevy.services.search;

import org.apache.lucene.index.QueryTimeout;

/// What the aggregations of one search may cost together: buckets within buckets are many soon.
final class Budget {
  /// The most buckets of a search.
  static final int MOST_BUCKETS = 10_000;

  private final QueryTimeout deadline;
  private int buckets;

  Budget(QueryTimeout deadline) {
    this.deadline = deadline;
  }

  /// Takes note of a bucket.
  ///
  /// @throws SearchRefusal if there are too many, or no time is left
  void bucket() {
    buckets++;
    if (buckets > MOST_BUCKETS) {
      throw SearchRefusal.illegal(
          "too_many_buckets_exception: a search has at most " + MOST_BUCKETS + " buckets in all");
    }
    if (deadline.shouldExit()) {
      throw SearchRefusal.illegal("the aggregations take too long: ask for fewer buckets");
    }
  }
}
