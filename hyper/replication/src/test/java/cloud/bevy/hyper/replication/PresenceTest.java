package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final int SPACE = 3 * Presence.PAGE;

  @Test
  void whateverIsSaidItKnowsWhatASimpleSetKnows() {
    Random random = new Random(5);
    for (int run = 0; run < 50; run++) {
      Presence presence = new Presence();
      BitSet model = new BitSet();
      for (int step = 0; step < 40; step++) {
        change(random, presence, model);
        check(random, presence, model);
      }
    }
  }

  private static void change(Random random, Presence presence, BitSet model) {
    int from = random.nextInt(4) == 0 ? 0 : random.nextInt(SPACE);
    int to = Math.min(SPACE, from + 1 + random.nextInt(random.nextBoolean() ? 100 : SPACE));
    switch (random.nextInt(3)) {
      case 0 -> {
        presence.add(from, to);
        model.set(from, to);
      }
      case 1 -> {
        presence.remove(from, to);
        model.clear(from, to);
      }
      default -> insert(random, presence, model, from & ~31);
    }
  }

  private static void insert(Random random, Presence presence, BitSet model, int start) {
    int[] words = new int[1 + random.nextInt(2000)];
    for (int at = 0; at < words.length; at++) {
      words[at] = random.nextInt(3) == 0 ? 0 : random.nextInt(3) == 0 ? -1 : random.nextInt();
      for (int bit = 0; bit < 32; bit++) {
        model.set(start + 32 * at + bit, (words[at] >>> bit & 1) != 0);
      }
    }
    presence.insert(start, words);
  }

  private static void check(Random random, Presence presence, BitSet model) {
    for (int probe = 0; probe < 200; probe++) {
      int block = random.nextInt(SPACE);
      assertThat(presence.has(block)).isEqualTo(model.get(block));
      int to = block + random.nextInt(SPACE);
      int next = model.nextSetBit(block);
      assertThat(presence.next(block, to)).isEqualTo(next < 0 ? to : Math.min(next, to));
    }
    assertThat(model.nextClearBit(0)).isGreaterThanOrEqualTo((int) presence.contiguous());
  }

  @Test
  void growMemory_aPeerThatHasABlockOfEveryPageIsNotRememberedBeyondTheLimit() {
    Presence presence = new Presence();
    for (long page = 1; page <= 10L * Presence.MOST_PAGES; page++) {
      presence.insert(page * Presence.PAGE, new int[] {1});
    }
    assertThat(presence.pages()).isEqualTo(Presence.MOST_PAGES);
    assertThat(presence.has((long) Presence.PAGE * Presence.MOST_PAGES)).isTrue();
    assertThat(presence.has((long) Presence.PAGE * (Presence.MOST_PAGES + 1))).isFalse();
  }

  @Test
  void spinForever_aRangeOfAllNumbersIsNotedAtOnce() {
    Presence presence = new Presence();
    presence.add(1, Long.MAX_VALUE);
    assertThat(presence.pages()).isEqualTo(Presence.MOST_PAGES);
    assertThat(presence.next(1L << 50, 1L << 53)).isEqualTo(1L << 53);
    presence.remove(0, Long.MAX_VALUE);
    assertThat(presence.pages()).isZero();
    presence.add(0, 1L << 53);
    assertThat(presence.has(1L << 52)).isTrue();
    assertThat(presence.pages()).isZero();
  }
}
