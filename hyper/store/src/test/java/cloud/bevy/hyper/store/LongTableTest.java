package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LongTableTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void aTableIsAMapInWhateverOrderItIsFilled() {
    LongUnaryOperator[] orders = {
      step -> step,
      step -> 2 * step,
      step -> 3 * step,
      step -> 1000 - step,
      step -> random.nextLong(400),
      step -> step + random.nextLong(12),
      step -> step * 100 + random.nextLong(3)
    };
    for (LongUnaryOperator order : orders) {
      fill(order);
    }
  }

  private void fill(LongUnaryOperator order) {
    LongTable table = new LongTable();
    TreeMap<Long, Long> expected = new TreeMap<>();
    for (int step = 0; step < 600; step++) {
      long key = order.applyAsLong(step);
      long value = 1 + random.nextLong(1000);
      Long before = expected.put(key, value);
      assertThat(table.put(key, value)).isEqualTo(before == null ? 0 : before);
      if (random.nextInt(40) == 0) {
        long from = random.nextLong(key + 1);
        long to = random.nextInt(3) == 0 ? Long.MAX_VALUE : from + random.nextLong(50);
        List<Long> removed = new ArrayList<>();
        table.remove(from, to, removed::add);
        assertThat(removed).containsExactlyInAnyOrderElementsOf(expected.subMap(from, to).values());
        expected.subMap(from, to).clear();
      }
    }
    check(table, expected);
  }

  private void check(LongTable table, TreeMap<Long, Long> expected) {
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.sortedKeys())
        .containsExactly(expected.keySet().stream().mapToLong(it -> it).toArray());
    expected.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    for (int miss = 0; miss < 100; miss++) {
      long key = random.nextLong(2000);
      assertThat(table.get(key)).isEqualTo(expected.getOrDefault(key, 0L));
    }
    long from = random.nextLong(500);
    List<Long> some = new ArrayList<>();
    table.keys(from, from + 300, some::add);
    assertThat(some)
        .containsExactlyInAnyOrderElementsOf(expected.subMap(from, from + 300).keySet());
  }
}
