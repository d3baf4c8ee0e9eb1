package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bee against a sorted map, through random changes.
final class TreePropertiesTest {
  private static final int ROUNDS = 60;

  private final MemoryBlocks blocks = new MemoryBlocks();
  private final NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aBeeHoldsWhatWasPutAndNotDeleted(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      change(random, 1 + random.nextInt(20), round % 3 == 2 ? 80 : 30);
      BeeCheck check = new TreeCheck(blocks).check(blocks.root());
      assertThat(check.problems()).isEmpty();
      assertThat(check.entries()).isEqualTo(model.size());
      assertThat(read(Range.all())).isEqualTo(entries(model));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aRangeIsThatOfASortedMap(long seed) {
    Random random = new Random(seed);
    change(random, 300, 20);
    for (int round = 0; round < 500; round++) {
      byte[] low = key(random);
      byte[] high = key(random);
      boolean fromIncluded = random.nextBoolean();
      boolean toIncluded = random.nextBoolean();
      Range range = fromIncluded ? Range.all().gte(low) : Range.all().gt(low);
      range = toIncluded ? range.lte(high) : range.lt(high);
      NavigableMap<byte[], byte[]> expected =
          Arrays.compareUnsigned(low, high) > 0
              ? new TreeMap<>(Arrays::compareUnsigned)
              : model.subMap(low, fromIncluded, high, toIncluded);
      int limit = random.nextInt(10);
      List<String> all = entries(expected);
      assertThat(read(range)).isEqualTo(all);
      assertThat(read(range.limit(limit))).isEqualTo(all.subList(0, Math.min(limit, all.size())));
      Collections.reverse(all);
      assertThat(read(range.reverse())).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void differencesAreTheKeysThatVersionsDoNotAgreeOn(long seed) {
    Random random = new Random(seed);
    List<Integer> versions = new ArrayList<>(List.of(1));
    for (int round = 0; round < 30; round++) {
      change(random, 1 + random.nextInt(30), 40);
      versions.add(blocks.encoded().size());
    }
    for (int round = 0; round < 200; round++) {
      MemoryBlocks before = until(versions.get(random.nextInt(versions.size())));
      MemoryBlocks after = until(versions.get(random.nextInt(versions.size())));
      Range range = Range.all();
      if (random.nextBoolean()) {
        range = range.gte(key(random)).lt(key(random));
      }
      assertThat(describe(new Differences(before, after, range)))
          .isEqualTo(expected(before, after, range));
    }
  }

  private MemoryBlocks until(int version) {
    return new MemoryBlocks(blocks.encoded().subList(0, version));
  }

  private static List<String> describe(Iterator<BeeDifference> differences) {
    List<String> list = new ArrayList<>();
    differences.forEachRemaining(difference ->
        list.add(
            difference.before().map(TreePropertiesTest::describe).orElse("-")
                + " > "
                + difference.after().map(TreePropertiesTest::describe).orElse("-")));
    return list;
  }

  private static String describe(BeeEntry entry) {
    return new String(entry.key(), UTF_8) + "@" + entry.sequence();
  }

  private static List<String> expected(MemoryBlocks before, MemoryBlocks after, Range range) {
    TreeMap<String, String[]> sides = new TreeMap<>();
    new TreeCursor(before, range)
        .forEachRemaining(
            entry -> sides.computeIfAbsent(text(entry), _ -> side())[0] = describe(entry));
    new TreeCursor(after, range)
        .forEachRemaining(
            entry -> sides.computeIfAbsent(text(entry), _ -> side())[1] = describe(entry));
    return sides.values().stream()
        .filter(pair -> !pair[0].equals(pair[1]))
        .map(pair -> pair[0] + " > " + pair[1])
        .toList();
  }

  private static String[] side() {
    return new String[] {"-", "-"};
  }

  private static String text(BeeEntry entry) {
    return new String(entry.key(), UTF_8);
  }

  private void change(Random random, int count, int deletions) {
    WriteTree tree = blocks.write();
    for (int i = 0; i < count; i++) {
      byte[] key = key(random);
      if (random.nextInt(100) < deletions) {
        byte[] present = model.isEmpty() ? key : model.ceilingKey(key);
        byte[] victim = present == null ? key : present;
        assertThat(tree.delete(victim)).isEqualTo(model.remove(victim) != null);
      } else {
        byte[] value = new byte[random.nextInt(30)];
        random.nextBytes(value);
        tree.put(key, value);
        model.put(key, value);
      }
    }
    blocks.append(tree);
  }

  private static byte[] key(Random random) {
    return ("k" + random.nextInt(400)).getBytes(UTF_8);
  }

  private List<String> read(Range range) {
    List<String> entries = new ArrayList<>();
    new TreeCursor(blocks, range)
        .forEachRemaining(entry -> entries.add(text(entry) + "=" + Arrays.toString(entry.value())));
    return entries;
  }

  private static List<String> entries(NavigableMap<byte[], byte[]> map) {
    List<String> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new String(key, UTF_8) + "=" + Arrays.toString(value)));
    return entries;
  }
}
