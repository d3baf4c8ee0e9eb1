package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Clouds clouds;
  private Lease lease;

  @BeforeEach
  void open() {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  @Test
  void aBucketTakesAsMuchAsItsQuotaAndNotAByteMore() {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    assertThat(stores(bucket, "a", 6)).isTrue();
    assertThat(stores(bucket, "b", 5)).isFalse();
    assertThat(stores(bucket, "b", 4)).isTrue();
    assertThat(stores(bucket, "empty", 0)).isTrue();
    assertThat(stores(bucket, "c", 1)).isFalse();
    assertThat(bucket.usage().allBytes()).isEqualTo(10);
  }

  @Test
  void nothingIsReadOfWhatWouldBeTooMuch() throws IOException {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    InputStream never = InputStream.nullInputStream();
    never.close(); // whoever reads it fails
    PutOutcome<StoredObject> outcome =
        bucket.put(
            new ObjectKey("a"),
            ObjectAttributes.NONE,
            Content.of(never, 11),
            WriteCondition.always());
    assertThat(outcome).isInstanceOf(PutOutcome.QuotaExceeded.class);
  }

  @Test
  void whatIsDeletedMakesRoom() {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    assertThat(stores(bucket, "a", 10)).isTrue();
    bucket.delete(List.of(ObjectDeletion.of(new ObjectKey("a"))));
    assertThat(stores(bucket, "b", 10)).isTrue();
  }

  @Test
  void whatIsOverwrittenCountsUntilItIs() {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    assertThat(stores(bucket, "a", 5)).isTrue();
    assertThat(stores(bucket, "a", 5)).isTrue();
    assertThat(bucket.usage().allBytes()).isEqualTo(5);
    assertThat(stores(bucket, "a", 6)).isFalse();
  }

  @Test
  void olderVersionsCount() {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    assertThat(bucket.setVersioning(Versioning.ENABLED)).isTrue();
    assertThat(stores(bucket, "a", 5)).isTrue();
    assertThat(stores(bucket, "a", 5)).isTrue();
    assertThat(stores(bucket, "a", 1)).isFalse();
  }

  @Test
  void partsOfUploadsCount() throws IOException {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    ObjectKey key = new ObjectKey("a");
    String id = bucket.uploads().begin(key, ObjectAttributes.NONE, Optional.empty()).orElseThrow();
    UploadAddress address = new UploadAddress(key, id);
    assertThat(bucket.uploads().putPart(address, 1, bytes(6)))
        .isInstanceOf(PutOutcome.Stored.class);
    assertThat(bucket.uploads().putPart(address, 2, bytes(5)))
        .isInstanceOf(PutOutcome.QuotaExceeded.class);
    assertThat(stores(bucket, "b", 5)).isFalse();
    assertThat(bucket.uploads().abort(address)).isTrue();
    assertThat(stores(bucket, "b", 10)).isTrue();
  }

  @Test
  void anUploadThatDoesNotSayHowLongItIsIsRefusedAtItsEndAndLeavesNothing() throws IOException {
    Bucket bucket = bucket("one");
    limit(bucket, 10);
    Content content = Content.of(new ByteArrayInputStream(new byte[11]), -1);
    assertThat(
            bucket.put(new ObjectKey("a"), ObjectAttributes.NONE, content, WriteCondition.always()))
        .isInstanceOf(PutOutcome.QuotaExceeded.class);
    assertThat(bucket.find(new ObjectKey("a"))).isEmpty();
    assertThat(stores(bucket, "a", 10)).as("nothing is set aside any more").isTrue();
  }

  @Test
  void manyAtOnceDoNotExceedIt() {
    Bucket bucket = bucket("one");
    limit(bucket, 50);
    List<CompletableFuture<Boolean>> puts =
        IntStream.range(0, 40)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> stores(bucket, "key " + i, 5)))
            .toList();
    long stored = puts.stream().filter(CompletableFuture::join).count();
    assertThat(stored).isBetween(1L, 10L);
    assertThat(bucket.usage().allBytes()).isEqualTo(5 * stored);
    for (long i = stored; i < 10; i++) {
      assertThat(stores(bucket, "more " + i, 5)).isTrue();
    }
    assertThat(stores(bucket, "too much", 1)).isFalse();
  }

  @Test
  void aCloudsQuotaIsForAllItsBucketsAndIsKept() {
    Bucket one = bucket("one");
    Bucket two = bucket("two");
    assertThat(stores(one, "a", 4)).isTrue();
    Buckets.in(lease.cloud()).setQuota(OptionalLong.of(10));
    assertThat(stores(two, "a", 7)).isFalse();
    assertThat(stores(two, "a", 6)).isTrue();
    assertThat(stores(one, "b", 1)).isFalse();
    close();
    open();
    assertThat(Buckets.in(lease.cloud()).quota()).hasValue(10);
    assertThat(stores(bucket("one"), "b", 1)).isFalse();
    bucket("two").delete(List.of(ObjectDeletion.of(new ObjectKey("a"))));
    assertThat(stores(bucket("one"), "b", 1)).isTrue();
    Buckets.in(lease.cloud()).setQuota(OptionalLong.empty());
    assertThat(stores(bucket("one"), "c", 100)).isTrue();
  }

  @Test
  void aQuotaThatIsTakenBackLimitsNothing() {
    Bucket bucket = bucket("one");
    limit(bucket, 1);
    assertThat(bucket.quota()).hasValue(1);
    assertThat(bucket.setQuota(OptionalLong.empty())).isTrue();
    assertThat(bucket.quota()).isEmpty();
    assertThat(stores(bucket, "a", 5)).isTrue();
  }

  private Bucket bucket(String name) {
    Buckets buckets = Buckets.in(lease.cloud());
    var _ = buckets.create(new BucketName(name), "");
    return buckets.find(new BucketName(name)).orElseThrow();
  }

  private static void limit(Bucket bucket, long bytes) {
    assertThat(bucket.setQuota(OptionalLong.of(bytes))).isTrue();
  }

  private static Content bytes(int size) {
    return Content.of(new ByteArrayInputStream(new byte[size]), size);
  }

  private static boolean stores(Bucket bucket, String key, int size) {
    try {
      return switch (bucket.put(
          new ObjectKey(key), ObjectAttributes.NONE, bytes(size), WriteCondition.always())) {
        case PutOutcome.Stored<StoredObject> _ -> true;
        case PutOutcome.QuotaExceeded<StoredObject>() -> false;
        case PutOutcome<StoredObject> other -> throw new AssertionError(other);
      };
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory do not fail", e);
    }
  }
}
