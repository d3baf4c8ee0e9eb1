package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A bucket of a cloud in a folder, whose objects are texts.
final class TestBucket implements AutoCloseable {
  final ClockedWorld world = new ClockedWorld();
  private final Path folder;
  private Clouds clouds;
  private Lease lease;
  private Bucket bucket;

  TestBucket(Path folder) {
    this.folder = folder;
    open();
  }

  private void open() {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
    bucket = bucket("bucket");
  }

  @Override
  public void close() {
    lease.close();
    clouds.close();
  }

  void reopen() {
    close();
    open();
  }

  Bucket bucket() {
    return bucket;
  }

  BucketPast past() {
    return bucket.past();
  }

  Bucket bucket(String name) {
    Buckets buckets = Buckets.in(lease.cloud());
    var _ = buckets.create(new BucketName(name), "");
    return buckets.find(new BucketName(name)).orElseThrow();
  }

  long version(Instant at) {
    return ((ResolvedPoint.Found) past().find(new PointInTime.At(at))).version();
  }

  StoredObject put(String key, String text) {
    return put(key, text, ObjectAttributes.NONE);
  }

  StoredObject put(String key, String text, ObjectAttributes attributes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      PutOutcome<StoredObject> outcome =
          bucket.put(
              new ObjectKey(key),
              attributes,
              Content.of(new ByteArrayInputStream(bytes), bytes.length),
              WriteCondition.always());
      return ((PutOutcome.Stored<StoredObject>) outcome).stored();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void delete(String... keys) {
    bucket.delete(
        List.of(keys).stream().map(key -> ObjectDeletion.of(new ObjectKey(key))).toList());
  }

  /// What an object is; `?` where its bytes are no more.
  static TreeMap<String, String> texts(BucketView view) {
    TreeMap<String, String> texts = new TreeMap<>();
    ListQuery all = new ListQuery("", "", ListPosition.START, 1000);
    for (StoredObject object : view.list(all).entries()) {
      texts.put(object.key().text(), text(view, object.key()).orElse("?"));
    }
    return texts;
  }

  static Optional<String> text(BucketView view, ObjectKey key) {
    try (OpenObject open = view.open(key, Optional.empty()).orElse(null)) {
      if (open == null) {
        return Optional.empty();
      }
      byte[] bytes = open.stream(0, open.object().size()).readAllBytes();
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
