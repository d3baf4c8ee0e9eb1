package cloud.bevy.services.search;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search of a cloud's buckets. A bucket that has a [BucketDefinition] has an index, in which
/// each object is a document: what a search brings the index to is what is durable in the bucket
/// then. Of a key only its present version is there.
public final class BucketSearch {
  private static final int KEYS_WITH_PROBLEMS = 20;

  private final Search search;

  BucketSearch(Search search) {
    this.search = search;
  }

  /// Which objects are in the index of a bucket; nothing where it has none.
  public Optional<BucketDefinition> definition(Bucket bucket) {
    return bucket.settings().find(Setting.SEARCH).map(BucketDefinition::read);
  }

  /// Gives a bucket an index, or another one, or none. It is made from now on, by itself.
  ///
  /// @return nothing is given where the bucket was deleted in the meantime
  public boolean define(Bucket bucket, @Nullable BucketDefinition definition) {
    if (definition != null) {
      boolean there = bucket.settings().put(Setting.SEARCH, definition.write());
      search.notice(bucket);
      return there;
    }
    boolean there = bucket.settings().delete(Setting.SEARCH);
    search.forget(bucket);
    return there;
  }

  /// Searches a bucket. The ids of hits are the objects' keys; the text of an object is answered to
  /// who names it in `_source`.
  ///
  /// @throws SearchRefusal if it has no index, or the request does not fit it
  public SearchAnswer search(Bucket bucket, SearchRequest request) {
    return search.search(source(bucket), request);
  }

  /// How many objects match a query.
  ///
  /// @throws SearchRefusal if the bucket has no index, or the query does not fit it
  public long count(Bucket bucket, SearchRequest request) {
    return search.count(source(bucket), request);
  }

  /// How far the index of a bucket is, after it was brought to what is durable now.
  ///
  /// @param objects how many there are in it
  /// @param texts how many of them have text
  /// @param version that it has reached
  /// @param reasons why objects have no text, or not all of it, with how many those are
  /// @param without some of them: their keys, and why
  public record Status(
      long objects,
      long texts,
      long version,
      Map<String, Long> reasons,
      Map<String, String> without) {}

  /// How far the index of a bucket is.
  ///
  /// @throws SearchRefusal if it has no index, or that takes too long
  public Status status(Bucket bucket) {
    Indexed source = source(bucket);
    SearchAnswer wrong =
        search.search(
            source,
            SearchRequest.of(
                Map.of(
                    "query", exists(ObjectItems.PROBLEM),
                    "size", (long) KEYS_WITH_PROBLEMS,
                    "sort", List.of(ObjectItems.KEY),
                    "_source", List.of(ObjectItems.PROBLEM),
                    "aggs", Map.of("reasons", Map.of("terms", reasons())))));
    long texts =
        search.count(source, SearchRequest.of(Map.of("query", exists(ObjectItems.TEXT))).asItIs());
    long objects = search.count(source, SearchRequest.all().asItIs());
    return new Status(
        objects, texts, wrong.version(), BucketReasons.counts(wrong), BucketReasons.keys(wrong));
  }

  private static Map<String, Object> reasons() {
    return Map.of("field", ObjectItems.PROBLEM, "size", (long) KEYS_WITH_PROBLEMS);
  }

  private static Map<String, Object> exists(String field) {
    return Map.of("exists", Map.of("field", field));
  }

  /// The bucket of that name, if it has an index.
  public Optional<Bucket> find(String name) {
    return BucketName.of(name)
        .flatMap(Buckets.in(search.cloud())::find)
        .filter(bucket -> bucket.settings().find(Setting.SEARCH).isPresent());
  }

  /// The folders of the buckets that have an index.
  Set<String> folders() {
    Buckets buckets = Buckets.in(search.cloud());
    Set<String> folders = new HashSet<>();
    ListQuery all = new ListQuery("", "", ListPosition.START, Integer.MAX_VALUE);
    for (BucketSummary summary : buckets.list(all).entries()) {
      buckets
          .find(summary.name())
          .filter(bucket -> bucket.settings().find(Setting.SEARCH).isPresent())
          .ifPresent(bucket -> folders.add(IndexedBucket.folder(bucket)));
    }
    return folders;
  }

  /// What the index of a bucket is made from; nothing where it has none, or is no more.
  Optional<Indexed> indexed(Bucket bucket) {
    return find(bucket.name().toString())
        .filter(there -> there.incarnation().equals(bucket.incarnation()))
        .flatMap(this::definition)
        .map(definition -> source(bucket, definition));
  }

  private Indexed source(Bucket bucket) {
    BucketDefinition definition =
        definition(bucket)
            .orElseThrow(() ->
                new SearchRefusal(
                    SearchRefusal.Kind.NOT_FOUND,
                    "bucket ["
                        + bucket.name()
                        + "] has no index: give it one with bevy bucket index "
                        + bucket.name()
                        + " --all"));
    search.notice(bucket);
    return source(bucket, definition);
  }

  private Indexed source(Bucket bucket, BucketDefinition definition) {
    return new IndexedBucket(
        search.cloud(),
        bucket,
        definition,
        bucket.access().enforced(),
        search.indexes().extractors());
  }
}
