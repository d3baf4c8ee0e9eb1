package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.services.buckets.LifecycleTestRun.Rule;
import cloud.bevy.testing.simulator.Simulation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Which functions are told of what, and when, in simulated time.
class EventDeliveryTest {
  private static final String CREATED = "s3:ObjectCreated:*";
  private static final String REMOVED = "s3:ObjectRemoved:*";
  private static final Duration SOON = Duration.ofSeconds(1);

  private interface Scenario {
    void play(LifecycleTestRun run, Waiting waiting) throws Exception;
  }

  private interface Waiting {
    void sleep(Duration duration) throws InterruptedException;
  }

  @Test
  void aFunctionIsToldOfWhatItsRulesAreFor() {
    TestTarget target = new TestTarget();
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "in/", CREATED, REMOVED));
          StoredObject stored = run.put("in/a");
          run.put("out/a");
          run.delete("in/a");
          run.delete("in/never");
          waiting.sleep(SOON);
          assertThat(target.taken()).containsExactly("CREATED_PUT in/a", "REMOVED in/a");
          BucketEvent event = target.told().getFirst().event();
          assertThat(event.subject())
              .isEqualTo(
                  new BucketEvent.Subject(
                      new ObjectKey("in/a"),
                      Optional.empty(),
                      Optional.of(
                          new BucketEvent.Content(
                              3, stored.etag(), "STANDARD", Optional.empty()))));
          assertThat(event.at()).isEqualTo(stored.modified());
          assertThat(target.told().getLast().event().sequence()).isGreaterThan(event.sequence());
          run.with(bucket -> assertThat(waiting(bucket)).isZero());
        });
  }

  @Test
  void whereVersionsAreKeptMarksAndVersionsAreToldOfByTheirIds() {
    TestTarget target = new TestTarget();
    play(
        true,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "", CREATED, REMOVED));
          StoredObject first = run.put("a");
          run.delete("a");
          String id = first.version().id();
          run.with(bucket ->
              bucket.delete(
                  List.of(
                      new ObjectDeletion(
                          first.key(), Optional.of(id), WriteCondition.always(), false))));
          waiting.sleep(SOON);
          assertThat(target.taken())
              .containsExactly("CREATED_PUT a", "REMOVED_MARKED a", "REMOVED a");
          assertThat(target.told())
              .extracting(told -> told.event().subject().version().orElse(""))
              .element(2)
              .isEqualTo(id);
        });
  }

  @Test
  void tagsAccessListsAndUploadsAreToldOf() {
    TestTarget target = new TestTarget();
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "", CREATED, "s3:ObjectTagging:*", "s3:ObjectAcl:Put"));
          run.with(bucket -> {
            UploadAddress upload =
                new UploadAddress(
                    new ObjectKey("a"),
                    bucket
                        .uploads()
                        .begin(new ObjectKey("a"), ObjectAttributes.NONE, Optional.empty())
                        .orElseThrow());
            Content bytes = Content.of(new ByteArrayInputStream(new byte[3]), 3);
            PutOutcome<UploadedPart> part = bucket.uploads().putPart(upload, 1, bytes);
            String etag = ((PutOutcome.Stored<UploadedPart>) part).stored().etag();
            var _ =
                bucket
                    .uploads()
                    .complete(
                        new CompletionRequest(
                            upload,
                            List.of(new CompletionRequest.Part(1, etag, Optional.empty())),
                            WriteCondition.always(),
                            Optional.empty(),
                            Optional.empty()));
            change(bucket, EventType.TAGS_PUT, Map.of("a", "b"));
            change(bucket, EventType.TAGS_DELETED, Map.of());
            change(bucket, EventType.ACL_PUT, Map.of());
          });
          waiting.sleep(SOON);
          assertThat(target.taken())
              .as("an access list that is as it was is not told of")
              .containsExactly("CREATED_COMPLETED a", "TAGS_PUT a", "TAGS_DELETED a");
        });
  }

  private static void change(Bucket bucket, EventType type, Map<String, String> tags) {
    assertThat(
            bucket.change(
                new ObjectKey("a"),
                Optional.empty(),
                new Bucket.Change(type, it -> it.withTags(new TreeMap<>(tags)))))
        .isPresent();
  }

  @Test
  void whatTheLifecycleDoesIsToldOf() {
    TestTarget target = new TestTarget();
    play(
        true,
        target,
        (run, waiting) -> {
          run.rules(
              Rule.of("").expires(new LifecycleTime.Days(1)),
              Rule.of("").removes(1, Optional.empty()));
          tell(run, TestTarget.rule("f", "", "s3:LifecycleExpiration:*"));
          run.put("a");
          run.untilAfterMidnight(4);
          assertThat(target.taken()).startsWith("EXPIRED_MARKED a", "EXPIRED a");
        });
  }

  @Test
  void aFunctionThatFailsIsToldAgainEverLaterAndOthersInTheMeantime() {
    TestTarget target =
        new TestTarget() {
          @Override
          Answer answer(Cloud cloud, BucketEvent event) {
            boolean bad = event.subject().key().text().equals("bad");
            return bad && told().size() < 8 ? Answer.REFUSED : Answer.TAKEN;
          }
        };
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "", CREATED, REMOVED));
          run.put("bad");
          run.delete("bad");
          run.put("good");
          waiting.sleep(Duration.ofMillis(500));
          assertThat(target.taken()).containsExactly("CREATED_PUT good");
          waiting.sleep(Duration.ofHours(1));
          assertThat(target.taken())
              .containsExactly("CREATED_PUT good", "CREATED_PUT bad", "REMOVED bad");
          List<Duration> pauses = pauses(target, "bad", EventType.CREATED_PUT);
          assertThat(pauses).hasSizeGreaterThan(4);
          for (int i = 1; i < pauses.size(); i++) {
            assertThat(pauses.get(i)).isGreaterThan(pauses.get(i - 1));
          }
          run.with(bucket -> assertThat(waiting(bucket)).isZero());
        });
  }

  private static List<Duration> pauses(TestTarget target, String key, EventType type) {
    List<Instant> moments =
        target.told().stream()
            .filter(told -> told.key().equals(key) && told.event().type() == type)
            .map(TestTarget.Told::at)
            .toList();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      pauses.add(Duration.between(moments.get(i - 1), moments.get(i)));
    }
    return pauses;
  }

  @Test
  void whatNoFunctionTakesWithinADayIsDroppedAndCounted() {
    TestTarget target = TestTarget.refusing();
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "", CREATED));
          run.put("a");
          waiting.sleep(EventDelivery.KEPT.minusHours(2));
          run.with(bucket -> assertThat(waiting(bucket)).isEqualTo(1));
          assertThat(run.events().dropped()).isZero();
          waiting.sleep(Duration.ofHours(4));
          run.with(bucket -> assertThat(waiting(bucket)).isZero());
          assertThat(run.events().dropped()).isEqualTo(1);
          assertThat(run.events().failed()).isBetween(20L, 60L);
          int woken = run.woken();
          waiting.sleep(Duration.ofDays(9));
          assertThat(run.woken()).as("nothing waits any more").isLessThanOrEqualTo(woken + 3);
        });
  }

  @Test
  void aFunctionThatCannotBeAskedIsLeftAloneWithAllThatWaits() {
    int many = 100;
    AtomicInteger asked = new AtomicInteger();
    TestTarget target =
        new TestTarget() {
          @Override
          Answer answer(Cloud cloud, BucketEvent event) {
            boolean dead = event.function().equals("dead") && asked.incrementAndGet() < 40;
            return dead ? Answer.LOST : Answer.TAKEN;
          }
        };
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("dead", "d", CREATED), TestTarget.rule("alive", "a", CREATED));
          for (int i = 0; i < many; i++) {
            run.put("d" + i);
          }
          run.put("a");
          waiting.sleep(Duration.ofMillis(100));
          assertThat(target.taken()).containsExactly("CREATED_PUT a");
          waiting.sleep(Duration.ofSeconds(2));
          assertThat(asked.get()).isLessThanOrEqualTo(3 * EventDelivery.AT_ONCE);
          waiting.sleep(Duration.ofHours(3));
          assertThat(target.taken()).hasSize(many + 1);
        });
  }

  @Test
  void aFunctionMayWriteToTheBucketThatItIsToldOf() {
    TestTarget target =
        new TestTarget() {
          @Override
          Answer answer(Cloud cloud, BucketEvent event) {
            Bucket bucket = Buckets.in(cloud).find(LifecycleTestRun.BUCKET).orElseThrow();
            Content bytes = Content.of(new ByteArrayInputStream(new byte[1]), 1);
            ObjectKey copy = new ObjectKey("out/" + event.subject().key().text());
            try {
              var _ = bucket.put(copy, ObjectAttributes.NONE, bytes, WriteCondition.always());
            } catch (IOException impossible) {
              throw new IllegalStateException(impossible);
            }
            return Answer.TAKEN;
          }
        };
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "in/", CREATED));
          run.put("in/a");
          waiting.sleep(SOON);
          assertThat(run.content()).containsExactly("in/a", "out/in/a");
        });
  }

  @Test
  void whatAFunctionIsNotToBeToldOfAnyMoreIsForgotten() {
    TestTarget target = TestTarget.refusing();
    play(
        false,
        target,
        (run, waiting) -> {
          tell(run, TestTarget.rule("f", "", CREATED));
          run.put("a");
          waiting.sleep(Duration.ofMinutes(1));
          tell(run);
          waiting.sleep(Duration.ofMinutes(5));
          run.with(bucket -> assertThat(waiting(bucket)).isZero());
          assertThat(run.events().dropped()).isZero();
        });
  }

  @Test
  void whereNoEventWaitsNothingRunsAndNobodyIsWoken() {
    TestTarget target = new TestTarget();
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (LifecycleTestRun run = new LifecycleTestRun(world, false, target)) {
                    tell(run, TestTarget.rule("f", "in/", CREATED));
                    run.put("in/a");
                    run.put("out/a");
                    world.tasks().sleep(Duration.ofDays(7));
                    assertThat(target.taken()).hasSize(1);
                    int woken = run.woken();
                    long steps = simulation.steps();
                    world.tasks().sleep(Duration.ofDays(7));
                    assertThat(simulation.steps() - steps).isLessThan(5);
                    assertThat(run.woken()).isEqualTo(woken);
                    assertThat(run.clouds().openCount()).isZero();
                  }
                }));
  }

  /// How many events wait in a bucket.
  private static int waiting(Bucket bucket) {
    int count = 0;
    var rows = bucket.cores().events().range(Range.all());
    while (rows.hasNext()) {
      rows.next();
      count++;
    }
    return count;
  }

  private static void tell(LifecycleTestRun run, NotificationRule... rules) {
    run.with(bucket -> assertThat(bucket.settings().put(TestTarget.rules(rules))).isTrue());
  }

  private static void play(boolean versions, TestTarget target, Scenario scenario) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (LifecycleTestRun run = new LifecycleTestRun(world, versions, target)) {
                    scenario.play(run, world.tasks()::sleep);
                  }
                }));
  }
}
