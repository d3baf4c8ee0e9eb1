package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.BeeEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a bucket says that it holds, beside a count of all that it lists.
class UsageTest {
  private static final ListQuery ALL = new ListQuery("", "", ListPosition.START, 100_000);

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Clouds clouds;
  private Lease lease;
  private Bucket bucket;

  @BeforeEach
  void open() {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
    Buckets buckets = Buckets.in(lease.cloud());
    BucketName name = new BucketName("bucket");
    var _ = buckets.create(name, "");
    bucket = buckets.find(name).orElseThrow();
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  @Test
  void theBytesAreThoseOfTheFormat() {
    UsageRecord record = new UsageRecord(9, new BucketUsage(1, 2, 3, 4, 5, 6));
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"at\":9,\"objects\":1,\"bytes\":2,\"olderVersions\":3,"
                + "\"olderBytes\":4,\"uploads\":5,\"uploadBytes\":6}");
    assertThat(UsageRecord.read(record.write())).isEqualTo(record);
  }

  @Test
  void anEmptyBucketHoldsNothingAndIsNotWrittenTo() {
    long batches = clouds.statistics().batches();
    assertThat(bucket.usage()).isEqualTo(BucketUsage.NONE);
    assertThat(clouds.statistics().batches()).isEqualTo(batches);
  }

  @RepeatedTest(6)
  void whatIsCountedFromTheDifferencesIsWhatThereIs(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int step = 0; step < 150; step++) {
      step(random);
      if (random.nextInt(4) == 0) {
        assertThat(bucket.usage()).as("step %s", step).isEqualTo(counted());
      }
      if (random.nextInt(40) == 0) {
        close();
        open();
      }
    }
    assertThat(Buckets.in(lease.cloud()).usage()).isEqualTo(counted());
  }

  @Test
  void aCountIsStoredNowAndThenAndGoesOnFromThereAfterARestart() throws IOException {
    for (int i = 0; i < 1100; i++) {
      put("key " + i % 50, i % 9);
    }
    assertThat(stored()).isEmpty();
    BucketUsage usage = bucket.usage();
    assertThat(usage).isEqualTo(counted());
    put("another", 3);
    close();
    open();
    UsageRecord record = stored().orElseThrow();
    assertThat(record.usage()).isEqualTo(usage);
    assertThat(bucket.usage()).isEqualTo(counted());
    assertThat(stored()).as("not stored again for one change").contains(record);
  }

  private Optional<UsageRecord> stored() {
    return bucket
        .drive()
        .bee()
        .now()
        .sub(BucketCores.USAGE)
        .get(new byte[0])
        .map(BeeEntry::value)
        .map(UsageRecord::read);
  }

  private void step(Random random) throws IOException {
    String key = "key " + random.nextInt(6);
    switch (random.nextInt(9)) {
      case 0 -> {
        Versioning versioning = random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED;
        assertThat(bucket.setVersioning(versioning)).isTrue();
      }
      case 1 -> bucket.delete(List.of(ObjectDeletion.of(new ObjectKey(key))));
      case 2 -> {
        List<ListedVersion> all = bucket.listVersions(ALL).entries();
        if (!all.isEmpty()) {
          KeyVersion version = all.get(random.nextInt(all.size())).version();
          Optional<String> id = Optional.of(version.version().id());
          bucket.delete(
              List.of(new ObjectDeletion(version.key(), id, WriteCondition.always(), false)));
        }
      }
      case 3 -> begin(key, random);
      case 4 -> end(random);
      default -> put(key, random.nextInt(100));
    }
  }

  private void put(String key, int size) throws IOException {
    Content content = Content.of(new ByteArrayInputStream(new byte[size]), size);
    assertThat(
            bucket.put(new ObjectKey(key), ObjectAttributes.NONE, content, WriteCondition.always()))
        .isInstanceOf(PutOutcome.Stored.class);
  }

  private void begin(String key, Random random) throws IOException {
    ObjectKey name = new ObjectKey(key);
    String id = bucket.uploads().begin(name, ObjectAttributes.NONE, Optional.empty()).orElseThrow();
    for (int i = 0; i < random.nextInt(4); i++) {
      int size = random.nextInt(100);
      Content content = Content.of(new ByteArrayInputStream(new byte[size]), size);
      assertThat(bucket.uploads().putPart(new UploadAddress(name, id), 1 + i % 2, content))
          .isInstanceOf(PutOutcome.Stored.class);
    }
  }

  private void end(Random random) {
    List<PendingUpload> all = bucket.uploads().list(ALL).entries();
    if (all.isEmpty()) {
      return;
    }
    UploadAddress address = all.getFirst().address();
    List<UploadedPart> parts = bucket.uploads().parts(address, 0, 9).orElseThrow().parts();
    if (parts.isEmpty() || random.nextBoolean()) {
      assertThat(bucket.uploads().abort(address)).isTrue();
      return;
    }
    UploadedPart part = parts.getFirst();
    assertThat(
            bucket
                .uploads()
                .complete(
                    new CompletionRequest(
                        address,
                        List.of(
                            new CompletionRequest.Part(
                                part.number(), part.etag(), Optional.empty())),
                        WriteCondition.always(),
                        Optional.empty(),
                        Optional.empty())))
        .isInstanceOf(Completion.Completed.class);
  }

  private BucketUsage counted() {
    BucketUsage sum = BucketUsage.NONE;
    for (ListedVersion listed : bucket.listVersions(ALL).entries()) {
      long size = listed.version() instanceof StoredObject object ? object.size() : 0;
      boolean current = listed.latest() && listed.version() instanceof StoredObject;
      sum =
          sum.plus(
              current
                  ? new BucketUsage(1, size, 0, 0, 0, 0)
                  : new BucketUsage(0, 0, 1, size, 0, 0));
    }
    for (PendingUpload upload : bucket.uploads().list(ALL).entries()) {
      long bytes =
          bucket.uploads().parts(upload.address(), 0, 99).orElseThrow().parts().stream()
              .mapToLong(UploadedPart::size)
              .sum();
      sum = sum.plus(new BucketUsage(0, 0, 0, 0, 1, bytes));
    }
    return sum;
  }
}
