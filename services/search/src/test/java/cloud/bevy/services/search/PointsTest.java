package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.testing.simulator.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Points in time, in a simulated world: they end when nobody uses them, and keep nothing then.
final class PointsTest {
  private static final int SEEDS = 3;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HALF = Duration.ofSeconds(40);

  private static void run(String name, Consumer<SearchTestRun> test) {
    Seeds.forEach(
        name,
        SEEDS,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  SearchLimits limits = SearchLimits.defaults().notMapped();
                  try (SearchTestRun run = new SearchTestRun(world, Path.of("/home"), limits)) {
                    run.create("title");
                    run.put("{'p':'a','title':'one'}");
                    test.accept(run);
                  }
                }));
  }

  private static void pass(SearchTestRun run, Duration time) {
    try {
      run.cloud().world().tasks().sleep(time);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static Point open(SearchTestRun run, Duration keep) {
    return run.search().points().open(List.of(SearchTestRun.TABLE), keep);
  }

  private static List<String> ids(Point point) {
    return SearchTestRun.ids(point.search(SearchTestRun.TABLE, SearchRequest.lucene("one")));
  }

  private static void assertOver(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            SearchRefusal.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(SearchRefusal.Kind.NO_POINT));
  }

  @Test
  void aPointIsAsTheTableWasThoughThatIsWritten() {
    run(
        "points are fixed",
        run -> {
          Point point = open(run, MINUTE);
          run.put("{'p':'b','title':'one'}");
          run.table().delete(SearchTestRun.key("a"), null);
          assertThat(run.lucene("one")).containsExactly("b");
          assertThat(ids(point)).containsExactly("a");
          assertThat(point.count(SearchTestRun.TABLE, SearchRequest.all())).isEqualTo(1);
        });
  }

  @Test
  void aPointEndsWhenNobodyHasUsedItForItsTime() {
    run(
        "points end",
        run -> {
          Points points = run.search().points();
          Point used = open(run, MINUTE);
          Point unused = open(run, MINUTE);
          Point longer = open(run, Duration.ofMinutes(5));
          pass(run, HALF);
          points.use(used.id(), null);
          pass(run, HALF);
          assertThat(ids(used)).containsExactly("a");
          assertOver(() -> points.use(unused.id(), null));
          assertOver(() -> ids(unused));
          assertThat(points.all()).containsExactly(used, longer);
          pass(run, Duration.ofMinutes(10));
          assertThat(points.all()).isEmpty();
        });
  }

  @Test
  void theCloudIsAwakeWhileThereIsAPointAndSleepsThen() {
    run(
        "points and sleep",
        run -> {
          Point point = open(run, MINUTE);
          run.leave();
          pass(run, HALF);
          assertThat(run.clouds().openCount()).isEqualTo(1);
          assertThat(ids(point)).containsExactly("a");
          pass(run, MINUTE);
          assertThat(run.clouds().openCount()).isZero();
          assertThat(run.indexes().openCount()).isZero();
        });
  }

  @Test
  void aPointOutlivesTheClosingOfItsIndexButNotItsTable() {
    run(
        "points outlive",
        run -> {
          Point point = open(run, MINUTE);
          run.search().define(SearchTestRun.TABLE, SearchTestRun.definition("keyword", "title"));
          assertThat(run.lucene("title:one")).containsExactly("a");
          assertThat(ids(point)).containsExactly("a");
        });
  }

  @Test
  void thereAreAHundredAtMost() {
    run(
        "many points",
        run -> {
          for (int i = 0; i < Points.MOST; i++) {
            open(run, MINUTE);
          }
          assertThatThrownBy(() -> open(run, MINUTE)).isInstanceOf(SearchRefusal.class);
          assertThat(run.search().points().end(run.search().points().all().getFirst().id()))
              .isTrue();
          assertThat(ids(open(run, Points.LONGEST))).containsExactly("a");
          assertThatThrownBy(() -> open(run, Points.LONGEST.plusMillis(1)))
              .isInstanceOf(SearchRefusal.class);
        });
  }

  @Test
  void onlyOneOfTwoWhoReadTheSamePageMovesOn() {
    run(
        "pages",
        run -> {
          Point point = open(run, MINUTE);
          Point.Turn first = point.turn();
          assertThat(point.paged()).isFalse();
          point.move(first, "second");
          assertThatThrownBy(() -> point.move(first, "other")).isInstanceOf(SearchRefusal.class);
          assertThat(point.turn().place()).isEqualTo("second");
        });
  }
}
