package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Making a bucket what it was.
class RestorationTest {
  /// More than one batch has.
  private static final int MANY = 600;

  @TempDir Path folder;
  private TestBucket bucket;

  @BeforeEach
  void open() {
    bucket = new TestBucket(folder);
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  private RestoreReport restore(long version, String prefix) throws IOException {
    return bucket.past().restore(new RestorePlan(version, prefix, false)).orElseThrow();
  }

  private TreeMap<String, String> texts() {
    return TestBucket.texts(bucket.bucket());
  }

  @Test
  void whatWasOverwrittenDeletedOrNewIsAsItWas() throws IOException {
    bucket.put("changed", "one");
    bucket.put("deleted", "two");
    bucket.put("same", "three");
    long version = bucket.past().newest();
    bucket.put("changed", "four");
    bucket.delete("deleted");
    bucket.put("new", "five");
    bucket.put("same", "three");
    RestoreReport report = restore(version, "");
    assertThat(texts()).isEqualTo(Map.of("changed", "one", "deleted", "two", "same", "three"));
    assertThat(report).isEqualTo(new RestoreReport(version, 2, 6, 1, 1, 0, 0, List.of()));
  }

  @Test
  void aRestoreIsUndoneByAnother() throws IOException {
    bucket.put("a", "one");
    long first = bucket.past().newest();
    bucket.put("a", "two");
    bucket.put("b", "three");
    long second = bucket.past().newest();
    restore(first, "");
    assertThat(texts()).isEqualTo(Map.of("a", "one"));
    restore(second, "");
    assertThat(texts()).isEqualTo(Map.of("a", "two", "b", "three"));
  }

  @Test
  void onlyThePrefixIsRestored() throws IOException {
    long version = bucket.past().newest();
    bucket.put("a/1", "one");
    bucket.put("b/1", "two");
    restore(version, "a/");
    assertThat(texts()).isEqualTo(Map.of("b/1", "two"));
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    bucket.put("b", "three");
    long newest = bucket.past().newest();
    RestoreReport report = bucket.past().restore(new RestorePlan(version, "", true)).orElseThrow();
    assertThat(report.restored()).isEqualTo(1);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(bucket.past().newest()).isEqualTo(newest);
  }

  @Test
  void whatIsKeptNoLongerIsNamedAndLeftAsItIs() throws IOException {
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    bucket.past().setSpan(HistorySpan.NONE);
    RestoreReport report = restore(version, "");
    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.examples()).containsExactly("a");
    assertThat(texts()).isEqualTo(Map.of("a", "two"));
  }

  @Test
  void attributesComeBackWithTheBytes() throws IOException {
    ObjectAttributes attributes =
        ObjectAttributes.plain(
            new TreeMap<>(Map.of("content-type", "text/x")), new TreeMap<>(Map.of("m", "n")));
    StoredObject then = bucket.put("a", "one", attributes);
    long version = bucket.past().newest();
    bucket.put("a", "one");
    bucket.world.pass(Duration.ofHours(1));
    assertThat(restore(version, "").restored()).isEqualTo(1);
    StoredObject now = bucket.bucket().find(new ObjectKey("a")).orElseThrow();
    assertThat(now.attributes()).isEqualTo(attributes);
    assertThat(now.etag()).isEqualTo(then.etag());
    assertThat(now.modified()).isEqualTo(bucket.world.time().now());
  }

  @Test
  void encryptedObjectsComeBackEncrypted() throws IOException {
    ObjectAttributes secret =
        new ObjectAttributes(
            new TreeMap<>(),
            new TreeMap<>(),
            ObjectAttributes.STANDARD,
            new TreeMap<>(),
            ObjectLock.NONE,
            Optional.of(new Encryption("salt", Optional.empty(), Optional.empty())),
            ObjectAccess.OWNERS);
    bucket.put("a", "hidden", secret);
    long version = bucket.past().newest();
    bucket.delete("a");
    restore(version, "");
    try (OpenObject open = bucket.bucket().open(new ObjectKey("a")).orElseThrow()) {
      assertThat(open.unlock(Optional.empty())).isEqualTo(Encryption.KeyCheck.FITS);
      assertThat(open.stream(0, 6).readAllBytes()).asString().isEqualTo("hidden");
    }
  }

  @Test
  void objectsThatCameInPartsComeBackWithThem() throws IOException {
    ObjectKey key = new ObjectKey("a");
    Uploads uploads = bucket.bucket().uploads();
    String id = uploads.begin(key, ObjectAttributes.NONE, Optional.empty()).orElseThrow();
    UploadAddress address = new UploadAddress(key, id);
    byte[] bytes = {1, 2, 3};
    PutOutcome<UploadedPart> part =
        uploads.putPart(address, 7, Content.of(new ByteArrayInputStream(bytes), 3));
    UploadedPart stored = ((PutOutcome.Stored<UploadedPart>) part).stored();
    CompletionRequest.Part named = new CompletionRequest.Part(7, stored.etag(), Optional.empty());
    Completion completion =
        uploads.complete(
            new CompletionRequest(
                address,
                List.of(named),
                WriteCondition.always(),
                Optional.empty(),
                Optional.empty()));
    assertThat(completion).isInstanceOf(Completion.Completed.class);
    long version = bucket.past().newest();
    bucket.put("a", "plain");
    assertThat(restore(version, "").restored()).isEqualTo(1);
    StoredObject now = bucket.bucket().find(key).orElseThrow();
    assertThat(now.etag()).endsWith("-1");
    assertThat(now.parts()).hasSize(1);
    assertThat(restore(version, "").restored()).isZero();
    assertThat(TestBucket.text(bucket.bucket(), key)).hasValue("\1\2\3");
  }

  @Test
  void inABucketWithVersionsNothingIsLost() throws IOException {
    bucket.bucket().setVersioning(Versioning.ENABLED);
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    bucket.put("b", "three");
    restore(version, "");
    ListQuery all = new ListQuery("", "", ListPosition.START, 1000);
    assertThat(texts()).isEqualTo(Map.of("a", "one"));
    assertThat(bucket.bucket().listVersions(all).entries()).hasSize(5);
  }

  @Test
  void anotherBucketGetsWhatThereWasBesideWhatItHas() throws IOException {
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.delete("a");
    Bucket other = bucket.bucket("other");
    RestorePlan plan = new RestorePlan(version, "", false);
    assertThat(bucket.past().restore(plan, other).orElseThrow().restored()).isEqualTo(1);
    assertThat(TestBucket.texts(other)).isEqualTo(Map.of("a", "one"));
    assertThat(bucket.past().restore(plan, other).orElseThrow().same()).isEqualTo(1);
    assertThat(texts()).isEmpty();
  }

  @Test
  void anotherOneCompletesWhatWasRestoredInPart() throws IOException {
    List<String> keys = IntStream.range(0, MANY).mapToObj(i -> "key-" + i).toList();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      keys.forEach(key -> tasks.execute(() -> bucket.put(key, key)));
    }
    long version = bucket.past().newest();
    bucket.delete(keys.toArray(String[]::new));
    RestoreReport part = restore(version, "key-1");
    RestoreReport rest = restore(version, "");
    assertThat(part.restored()).isPositive();
    assertThat(part.restored() + rest.restored()).isEqualTo(MANY);
    assertThat(rest.same()).isEqualTo(part.restored());
    ListQuery all = new ListQuery("", "", ListPosition.START, 2 * MANY);
    assertThat(bucket.bucket().list(all).entries()).hasSize(MANY);
  }
}
