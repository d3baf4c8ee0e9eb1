package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a bucket keeps the bytes of what was overwritten or deleted.
class HistorySpanTest {
  private static final Duration HOUR = Duration.ofHours(1);

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

  @Test
  void withoutASettingADayIsKept() {
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    bucket.world.pass(HistorySpan.DEFAULT.time().minusMillis(1));
    bucket.put("b", "three");
    assertThat(textAt(version)).hasValue("one");
    bucket.world.pass(Duration.ofMillis(1));
    bucket.put("c", "four");
    assertThat(textAt(version)).isEmpty();
    assertThat(bucket.past().at(version).find(new ObjectKey("a"), Optional.empty())).isPresent();
  }

  @Test
  void whatIsKeptIsGivenBackAfterARestartToo() {
    bucket.past().setSpan(HistorySpan.of(HOUR));
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.delete("a");
    bucket.reopen();
    bucket.world.pass(HOUR);
    assertThat(textAt(version)).hasValue("one");
    bucket.put("b", "two");
    assertThat(textAt(version)).isEmpty();
  }

  @Test
  void moreBytesThanTheSpanTakesDriveTheOldestOut() {
    bucket.past().setSpan(new HistorySpan(HOUR, 6));
    bucket.put("a", "one");
    long first = bucket.past().newest();
    bucket.put("a", "two");
    long second = bucket.past().newest();
    bucket.put("a", "six");
    assertThat(textAt(first)).hasValue("one");
    bucket.put("a", "ten");
    assertThat(textAt(first)).isEmpty();
    assertThat(textAt(second)).hasValue("two");
  }

  @Test
  void oneThatIsLargerThanTheSpanGoesAtOnceAndDrivesNothingOut() {
    bucket.past().setSpan(new HistorySpan(HOUR, 6));
    bucket.put("a", "one");
    long first = bucket.past().newest();
    bucket.put("a", "a long text");
    long second = bucket.past().newest();
    bucket.put("a", "two");
    assertThat(textAt(first)).hasValue("one");
    assertThat(textAt(second)).isEmpty();
  }

  @Test
  void withNoSpanSpaceComesBackAtOnce() {
    bucket.put("a", "one");
    long first = bucket.past().newest();
    bucket.put("a", "two");
    long second = bucket.past().newest();
    bucket.past().setSpan(HistorySpan.NONE);
    assertThat(textAt(first)).isEmpty();
    bucket.put("a", "three");
    assertThat(textAt(second)).isEmpty();
    assertThat(TestBucket.text(bucket.bucket(), new ObjectKey("a"))).hasValue("three");
  }

  @Test
  void whoReadsWhatWasIsNotCutOff() throws Exception {
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    PastBucket past = bucket.past().at(version);
    try (OpenObject open = past.open(new ObjectKey("a"), Optional.empty()).orElseThrow()) {
      bucket.past().setSpan(HistorySpan.NONE);
      assertThat(open.stream(0, 3).readAllBytes()).isEqualTo("one".getBytes());
      assertThat(textAt(version)).isEmpty();
    }
  }

  @Test
  void versionsAreKeptAsLongAsTheyAreThere() {
    bucket.past().setSpan(HistorySpan.NONE);
    bucket.bucket().setVersioning(Versioning.ENABLED);
    bucket.put("a", "one");
    long version = bucket.past().newest();
    bucket.put("a", "two");
    bucket.delete("a");
    bucket.world.pass(Duration.ofDays(1000));
    bucket.put("b", "three");
    assertThat(textAt(version)).hasValue("one");
  }

  private Optional<String> textAt(long version) {
    return TestBucket.text(bucket.past().at(version), new ObjectKey("a"));
  }
}
