package cloud.bevy.services.search;

import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.CustomerKey;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A machine with one cloud, a bucket `docs` in it, and its search.
final class BucketTestRun implements AutoCloseable {
  private static final BucketName NAME = new BucketName("docs");

  private final SearchTestRun run;

  BucketTestRun(World world, Path home, SearchLimits limits) {
    run = new SearchTestRun(world, home, limits);
    create("");
  }

  static BucketTestRun real(World world, Path home) {
    return new BucketTestRun(world, home, SearchLimits.defaults());
  }

  void create(String owner) {
    Buckets.in(run.cloud()).create(NAME, "", owner);
  }

  SearchTestRun machine() {
    return run;
  }

  Bucket bucket() {
    return Buckets.in(run.cloud()).find(NAME).orElseThrow();
  }

  Buckets buckets() {
    return Buckets.in(run.cloud());
  }

  BucketSearch search() {
    return run.search().buckets();
  }

  /// Gives the bucket an index of all objects.
  void index() {
    search().define(bucket(), BucketDefinition.ALL);
  }

  void put(String key, String text) {
    put(key, text, ObjectAttributes.NONE);
  }

  void put(String key, String text, ObjectAttributes attributes) {
    put(key, text.getBytes(StandardCharsets.UTF_8), attributes, Optional.empty());
  }

  void put(String key, byte[] bytes, ObjectAttributes attributes, Optional<CustomerKey> customer) {
    try {
      Content content = Content.of(new ByteArrayInputStream(bytes), bytes.length).with(customer);
      PutOutcome<?> outcome =
          bucket().put(new ObjectKey(key), attributes, content, WriteCondition.always());
      if (!(outcome instanceof PutOutcome.Stored<?>)) {
        throw new IllegalStateException("not stored: " + outcome);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static ObjectAttributes typed(String type, Map<String, String> metadata) {
    return ObjectAttributes.plain(
        new TreeMap<>(Map.of("content-type", type)), new TreeMap<>(metadata));
  }

  void delete(String key) {
    bucket().delete(List.of(ObjectDeletion.of(new ObjectKey(key))));
  }

  /// The keys that a query in Lucene's syntax finds.
  List<String> keys(String query) {
    return SearchTestRun.ids(search().search(bucket(), SearchRequest.lucene(query).size(100)));
  }

  SearchAnswer search(String json) {
    return search().search(bucket(), SearchRequest.of(SearchTestRun.tree(json)));
  }

  @Override
  public void close() {
    run.close();
  }
}
