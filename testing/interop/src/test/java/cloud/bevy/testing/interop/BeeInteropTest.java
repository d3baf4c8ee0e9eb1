package cloud.bevy.testing.interop;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.PeerBee;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bees that npm's hyperbee writes and ours reads, and the other way round.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BeeInteropTest {
  private static final String ALL = "cloud.bevy.testing.interop.Route#all";
  private static final int KEYS = 300;

  private Pairs pairs;

  @BeforeAll
  void prepare(@TempDir Path folder) {
    pairs = new Pairs(folder);
  }

  @AfterAll
  void end() {
    pairs.close();
  }

  /// A bee with batches, overwritten and deleted entries, and what must be in it.
  private record Filled(PeerBee bee, TreeMap<String, String> content, List<Long> versions) {
    static Filled of(Pair pair, String name) {
      Filled filled = new Filled(pair.writer().bee(name, name), new TreeMap<>(), new ArrayList<>());
      for (int from = 0; from < KEYS; from += 100) {
        List<Map.Entry<String, String>> batch = new ArrayList<>();
        for (int number = from; number < from + 100; number++) {
          batch.add(entry(key(number * 7 % KEYS), "value " + number));
        }
        filled.write(batch);
      }
      filled.write(List.of(entry(key(5), "other"), entry(key(6), ""), entry(key(250), "")));
      return filled;
    }

    long last() {
      return versions.getLast();
    }

    void write(List<Map.Entry<String, String>> batch) {
      versions.add(bee.write(batch));
      for (Map.Entry<String, String> one : batch) {
        if (one.getValue().isEmpty()) {
          content.remove(one.getKey());
        } else {
          content.put(one.getKey(), one.getValue());
        }
      }
    }
  }

  private static String key(int number) {
    return "key %05d".formatted(number);
  }

  private static List<String> keys(List<PeerBee.Entry> entries) {
    return entries.stream().map(PeerBee.Entry::key).toList();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void everyEntryIsReadAndDeletedOnesAreNot(Route route) throws Exception {
    Pair pair = pairs.of(route);
    Filled filled = Filled.of(pair, "entries");
    PeerBee read = pair.reader().bee("entries", filled.bee().key());
    assertThat(read.awaitVersion(filled.last())).isEqualTo(filled.last());
    assertThat(read.value(key(5))).hasValue("other");
    assertThat(read.value(key(6))).isEmpty();
    assertThat(read.value(key(299))).isEqualTo(filled.bee().value(key(299))).isNotEmpty();
    assertThat(read.value("nothing")).isEmpty();
    TreeMap<String, String> all = new TreeMap<>();
    read.range(Map.of(), Map.of()).forEach(one -> all.put(one.key(), one.value()));
    assertThat(all).isEqualTo(filled.content());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void rangesAreTheSameOnBothSides(Route route) throws Exception {
    Pair pair = pairs.of(route);
    Filled filled = Filled.of(pair, "ranges");
    PeerBee read = pair.reader().bee("ranges", filled.bee().key());
    read.awaitVersion(filled.last());
    for (Map<String, String> bounds :
        List.of(
            Map.of("gt", key(4), "lt", key(9)),
            Map.of("gte", key(4), "lte", key(9)),
            Map.of("gte", key(290)),
            Map.of("lt", "key"))) {
      for (Map<String, ?> options :
          List.<Map<String, ?>>of(
              Map.of(), Map.of("reverse", true), Map.of("limit", 3, "reverse", true))) {
        assertThat(read.range(bounds, options)).isEqualTo(filled.bee().range(bounds, options));
      }
    }
    assertThat(keys(read.range(Map.of("gt", key(4), "lt", key(9)), Map.of())))
        .containsExactly(key(5), key(7), key(8));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void formerVersionsHistoryAndDifferencesAreThere(Route route) throws Exception {
    Pair pair = pairs.of(route);
    Filled filled = Filled.of(pair, "history");
    PeerBee read = pair.reader().bee("history", filled.bee().key());
    long now = read.awaitVersion(filled.last());
    long before = filled.versions().get(2);
    assertThat(read.value(key(6), before)).isPresent();
    assertThat(read.all(filled.versions().getFirst())).hasSize(100);
    assertThat(read.history()).isEqualTo(filled.bee().history()).hasSize(KEYS + 3);
    assertThat(read.differences(before, now))
        .isEqualTo(filled.bee().differences(before, now))
        .extracting(List::getFirst)
        .containsExactly(key(5), key(6), key(250));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aBeeIsFollowedWhileItIsWritten(Route route) throws Exception {
    Pair pair = pairs.of(route);
    Filled filled = Filled.of(pair, "follow");
    PeerBee read = pair.reader().bee("follow", filled.bee().key());
    for (int round = 0; round < 5; round++) {
      filled.write(List.of(entry("round", "number " + round), entry(key(round), "")));
      assertThat(read.awaitVersion(filled.last())).isEqualTo(filled.last());
      assertThat(read.value("round")).hasValue("number " + round);
      assertThat(read.value(key(round))).isEmpty();
    }
  }
}
