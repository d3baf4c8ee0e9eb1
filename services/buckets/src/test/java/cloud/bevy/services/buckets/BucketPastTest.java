package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a bucket was, beside what a test remembers of it.
class BucketPastTest {
  private static final List<String> KEYS = List.of("a", "a/b", "a\0", "ä", "b");
  private static final Duration LONG = Duration.ofDays(400);

  @TempDir Path folder;
  private TestBucket bucket;
  private Random random = new Random(0);

  private record State(long version, Instant at, Map<String, String> texts) {}

  @BeforeEach
  void open() {
    bucket = new TestBucket(folder);
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @RepeatedTest(8)
  void everyVersionIsReadAsItWas(RepetitionInfo repetition) throws IOException {
    random = new Random(repetition.getCurrentRepetition());
    assertThat(bucket.past().setSpan(HistorySpan.of(LONG))).isTrue();
    List<State> states = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      bucket.world.pass(Duration.ofSeconds(1 + random.nextInt(5000)));
      change(step, states);
      Instant now = bucket.world.time().now();
      states.add(new State(bucket.past().newest(), now, TestBucket.texts(bucket.bucket())));
    }
    bucket.reopen();
    for (State state : states) {
      check(state);
    }
  }

  private void change(int step, List<State> states) throws IOException {
    switch (random.nextInt(12)) {
      case 0 -> bucket.reopen();
      case 1 -> bucket.bucket().setVersioning(versioning());
      case 2, 3 -> bucket.delete(key());
      case 4 -> bucket.delete(KEYS.toArray(String[]::new));
      case 5 -> deleteAVersion();
      case 6 -> tag();
      case 7 -> restore(states);
      default -> bucket.put(key(), "text " + step);
    }
  }

  private void restore(List<State> states) throws IOException {
    if (!states.isEmpty()) {
      State state = states.get(random.nextInt(states.size()));
      RestorePlan plan = new RestorePlan(state.version(), "", false);
      RestoreReport report = bucket.past().restore(plan).orElseThrow();
      Map<String, String> now = TestBucket.texts(bucket.bucket());
      assertThat(report.lost()).isZero();
      assertThat(now).isEqualTo(state.texts());
      RestoreReport again = bucket.past().restore(plan).orElseThrow();
      assertThat(again.restored() + again.deleted()).isZero();
    }
  }

  private void deleteAVersion() {
    ListQuery all = new ListQuery("", "", ListPosition.START, 1000);
    List<ListedVersion> versions = bucket.bucket().listVersions(all).entries();
    if (!versions.isEmpty()) {
      KeyVersion version = versions.get(random.nextInt(versions.size())).version();
      Optional<String> id = Optional.of(version.version().id());
      bucket
          .bucket()
          .delete(List.of(new ObjectDeletion(version.key(), id, WriteCondition.always(), false)));
    }
  }

  private void tag() {
    TreeMap<String, String> tags = new TreeMap<>(Map.of("a", "b"));
    bucket
        .bucket()
        .change(
            new ObjectKey(key()),
            Optional.empty(),
            new Bucket.Change(EventType.TAGS_PUT, attributes -> attributes.withTags(tags)));
  }

  private Versioning versioning() {
    return random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED;
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private void check(State state) {
    assertThat(TestBucket.texts(bucket.past().at(state.version()))).isEqualTo(state.texts());
    assertThat(bucket.version(state.at())).isEqualTo(state.version());
    assertThat(bucket.version(state.at().minusMillis(1))).isLessThanOrEqualTo(state.version());
    for (long inside = 1; inside <= state.version(); inside += 7) {
      PointInTime point = new PointInTime.Version(inside);
      long whole = ((ResolvedPoint.Found) bucket.past().find(point)).version();
      assertThat(whole).isLessThanOrEqualTo(inside);
      assertThat(TestBucket.texts(bucket.past().at(whole))).doesNotContainValue("?");
    }
  }

  @Test
  void aPointBeforeTheBucketWasMadeOrStillToComeIsNone() {
    Instant now = bucket.world.time().now();
    assertThat(bucket.past().find(new PointInTime.At(now.minusSeconds(1))))
        .isInstanceOf(ResolvedPoint.TooEarly.class);
    assertThat(bucket.past().find(new PointInTime.At(now.plusSeconds(1))))
        .isInstanceOf(ResolvedPoint.NotYet.class);
    assertThat(bucket.past().find(new PointInTime.Version(bucket.past().newest() + 1)))
        .isInstanceOf(ResolvedPoint.NotYet.class);
  }

  @Test
  void theHistoryTellsWhatWasDoneWhenNewestFirst() {
    bucket.put("a", "one");
    bucket.world.pass(Duration.ofHours(1));
    bucket.put("b", "two");
    bucket.delete("a");
    bucket.world.pass(Duration.ofHours(1));
    tagB();
    List<String> told = new ArrayList<>();
    HistoryQuery query = new HistoryQuery("", Instant.EPOCH, Long.MAX_VALUE, 2);
    HistoryPage page = bucket.past().history(query);
    page.entries().forEach(it -> told.add(it.kind() + " " + it.key() + " " + it.size()));
    page =
        bucket.past().history(new HistoryQuery("", Instant.EPOCH, page.next().orElseThrow(), 10));
    page.entries().forEach(it -> told.add(it.kind() + " " + it.key() + " " + it.size()));
    assertThat(told).containsExactly("CHANGE b 3", "DELETE a 0", "PUT b 3", "PUT a 3");
    assertThat(page.next()).isEmpty();
    HistoryEntry first = page.entries().getLast();
    assertThat(TestBucket.texts(bucket.past().at(first.before()))).isEmpty();
    assertThat(TestBucket.texts(bucket.past().at(first.after()))).containsOnlyKeys("a");
  }

  @Test
  void theHistoryOfAPrefixSinceAMomentLeavesOutTheRest() {
    bucket.put("a/1", "one");
    bucket.world.pass(Duration.ofHours(1));
    Instant since = bucket.world.time().now();
    bucket.put("a/2", "two");
    bucket.put("b/1", "three");
    HistoryQuery query = new HistoryQuery("a/", since, Long.MAX_VALUE, 10);
    assertThat(bucket.past().history(query).entries().stream().map(it -> it.key().text()))
        .containsExactly("a/2");
  }

  private void tagB() {
    TreeMap<String, String> tags = new TreeMap<>(Map.of("a", "b"));
    bucket
        .bucket()
        .change(
            new ObjectKey("b"),
            Optional.empty(),
            new Bucket.Change(EventType.TAGS_PUT, attributes -> attributes.withTags(tags)));
  }
}
