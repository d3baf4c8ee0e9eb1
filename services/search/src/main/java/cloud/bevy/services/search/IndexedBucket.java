package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.extraction.Extractors;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.tables.StoredItem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A bucket whose objects are in an index. The index holds what is told of them, with their text:
/// having that again would mean to read each document again.
///
/// @param enforced whether the bucket's owner owns whatever is in it; or else the objects of others
///   are not in the index, as the owner cannot get them either
record IndexedBucket(
    Cloud cloud, Bucket bucket, BucketDefinition objects, boolean enforced, Extractors extractors)
    implements Indexed {
  /// What the folders of buckets begin with.
  static final String FOLDER = "bucket-";

  /// Raised when documents are to be read in another way than before.
  private static final int FORM = 1;

  @Override
  public SearchDefinition definition() {
    return objects.fields();
  }

  @Override
  public String title() {
    return "bucket [" + bucket.name() + "]";
  }

  @Override
  public String folder() {
    return folder(bucket);
  }

  static String folder(Bucket bucket) {
    return FOLDER + bucket.incarnation();
  }

  @Override
  public String fingerprint() {
    return definition().fingerprint() + " " + FORM + " " + enforced + " " + objects.write();
  }

  @Override
  public long fork() {
    return bucket.log().fork();
  }

  @Override
  public long version() {
    return bucket.log().version();
  }

  @Override
  public Feed feed(BooleanSupplier stopping, Function<byte[], @Nullable StoredItem> known) {
    return new BucketFeed(this, stopping, known);
  }

  @Override
  public boolean stored() {
    return true;
  }

  @Override
  public Optional<StoredItem> item(long version, byte[] key, @Nullable StoredItem stored) {
    return Optional.ofNullable(stored);
  }

  @Override
  public Set<String> shy() {
    return Set.of(ObjectItems.TEXT);
  }

  @Override
  public String id(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Override
  public Optional<byte[]> key(String id) {
    return Optional.of(id.getBytes(StandardCharsets.UTF_8));
  }
}
