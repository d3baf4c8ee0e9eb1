package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import cloud.bevy.testing.oracles.Deed.Action.Read;
import cloud.bevy.testing.oracles.Deed.Action.Write;
import cloud.bevy.testing.oracles.Deed.Answer;
import cloud.bevy.testing.oracles.Deed.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The judge is judged: it must find what is planted, and let pass what can be.
class HistoryTest {
  private static final Condition ALWAYS = new Condition.Always();
  private static final Condition ABSENT = new Condition.Absent();
  private static final int SEEDS = 30;
  private static final int SPOILT_SEEDS = 5;
  private static final int DEEDS_LATER = 200;
  private static final int CLIENTS = 10;
  private static final int DEEDS = 120;

  private static Deed put(long value, long from, long until) {
    return new Deed(new Write(ALWAYS, value), Answer.DONE, from, until);
  }

  private static Deed done(Write write, long from, long until) {
    return new Deed(write, Answer.DONE, from, until);
  }

  private static Deed refused(Write write, long from, long until) {
    return new Deed(write, Answer.REFUSED, from, until);
  }

  private static Deed unknown(Write write, long from, long until) {
    return new Deed(write, Answer.UNKNOWN, from, until);
  }

  private static Deed delete(long from, long until) {
    return new Deed(new Write(ALWAYS, null), Answer.DONE, from, until);
  }

  private static Deed read(@Nullable Long seen, long from, long until) {
    return new Deed(new Read(seen), Answer.DONE, from, until);
  }

  private static Condition is(long value) {
    return new Condition.Is(value);
  }

  private static void holds(Deed... deeds) {
    assertThat(new Linearization(List.of(deeds)).fault()).isEmpty();
  }

  private static void fails(Deed... deeds) {
    assertThat(new Linearization(List.of(deeds)).fault()).isPresent();
  }

  @Test
  void aReadOfTheLastWriteIsRight() {
    holds(
        put(1, 0, 1), read(1L, 2, 3), put(2, 4, 5), read(2L, 6, 7), delete(8, 9), read(null, 9, 9));
  }

  @Test
  void aReadThatOverlapsAWriteMaySeeEither() {
    holds(put(1, 0, 1), put(2, 2, 9), read(1L, 3, 4), read(2L, 5, 6));
    holds(put(1, 0, 1), put(2, 2, 9), read(2L, 3, 4));
  }

  @Test
  void aLostWriteIsFound() {
    fails(put(1, 0, 1), put(2, 2, 3), read(1L, 4, 5));
    fails(put(1, 0, 1), read(null, 2, 3));
    fails(put(1, 0, 1), delete(2, 3), read(1L, 4, 5));
  }

  @Test
  void aStaleReadIsFound() {
    fails(put(1, 0, 1), put(2, 2, 9), read(2L, 3, 4), read(1L, 5, 6));
  }

  @Test
  void aReadOfWhatNobodyWroteIsFound() {
    fails(put(1, 0, 9), read(7L, 3, 4));
  }

  @Test
  void aConditionalPutThatTwoHaveWonIsFound() {
    fails(done(new Write(ABSENT, 1L), 0, 9), done(new Write(ABSENT, 2L), 1, 8));
    fails(
        put(1, 0, 1),
        done(new Write(is(1), 2L), 2, 9),
        done(new Write(is(1), 3L), 2, 9),
        read(3L, 10, 11));
    holds(done(new Write(ABSENT, 1L), 0, 9), refused(new Write(ABSENT, 2L), 1, 8));
  }

  @Test
  void aRefusalWithoutAReasonIsFound() {
    fails(refused(new Write(ABSENT, 1L), 0, 1));
    fails(put(1, 0, 1), refused(new Write(is(1), 2L), 2, 3), read(1L, 4, 5));
    holds(put(1, 0, 9), refused(new Write(ABSENT, 2L), 0, 1));
  }

  @Test
  void aDeletionOfAnotherValueIsFound() {
    Write deletion = new Write(new Condition.AtMost(1), null);
    holds(put(1, 0, 1), done(deletion, 2, 3), read(null, 4, 5));
    holds(done(deletion, 2, 3), read(null, 4, 5));
    fails(put(2, 0, 1), done(deletion, 2, 3));
  }

  @Test
  void aRefusedWriteThatWasDoneIsFound() {
    fails(put(1, 0, 1), refused(new Write(ABSENT, 2L), 2, 3), read(2L, 4, 5));
  }

  @Test
  void aWriteOfUnknownOutcomeIsDoneAtAnyLaterTimeOrNever() {
    Deed unknown = unknown(new Write(ALWAYS, 2L), 2, Deed.FOR_EVER);
    holds(put(1, 0, 1), unknown, read(1L, 3, 4), read(1L, 90, 91));
    holds(put(1, 0, 1), unknown, read(1L, 3, 4), read(2L, 90, 91));
    fails(put(1, 0, 1), unknown, read(2L, 3, 4), read(1L, 90, 91));
    fails(put(1, 0, 1), read(2L, 1, 1), unknown);
  }

  @Test
  void aWriteOfUnknownOutcomeIsDoneOnce() {
    Deed unknown = unknown(new Write(ALWAYS, 2L), 0, Deed.FOR_EVER);
    fails(unknown, read(2L, 1, 2), delete(3, 4), read(2L, 5, 6));
  }

  @Test
  void aWriteOfUnknownOutcomeExplainsARefusalThoughNobodyEverSawIt() {
    Deed unknown = unknown(new Write(ALWAYS, 2L), 0, Deed.FOR_EVER);
    holds(unknown, refused(new Write(ABSENT, 3L), 1, 2), delete(3, 4), read(null, 5, 6));
  }

  @Test
  void whatAKilledProcessDidNotDoIsNeverDone() {
    Deed unknown = unknown(new Write(ALWAYS, 2L), 2, 10);
    holds(put(1, 0, 1), unknown, read(2L, 11, 12));
    holds(put(1, 0, 1), unknown, read(1L, 11, 12));
    fails(put(1, 0, 1), unknown, read(1L, 11, 12), read(2L, 13, 14));
  }

  @Test
  void keysAreJudgedOneByOneAndTheWrongOneIsNamed() {
    History history = new History();
    history.add("a", put(1, 0, 1));
    history.add("b", put(2, 0, 1));
    history.add("a", read(1L, 2, 3));
    history.check();
    history.add("b", read(null, 2, 3));
    assertThat(history.answers()).containsOnly(entry(Answer.DONE, 4));
    assertThatThrownBy(history::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("b is not linearizable");
  }

  /// Histories of a register that is right, as ten clients see it, some of whom get no answer.
  @Test
  void whateverARightRegisterAnswersIsRight() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Deed> deeds = new Register(new SplittableRandom(seed), Deed.FOR_EVER).deeds();
      assertThat(new Linearization(deeds).fault()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aStaleReadIsFoundAtTheEndOfALongHistory() {
    for (long seed = 0; seed < SPOILT_SEEDS; seed++) {
      List<Deed> deeds = new Register(new SplittableRandom(seed), DEEDS_LATER).deeds();
      long end = deeds.stream().mapToLong(Deed::until).max().orElseThrow() + 1;
      deeds.add(put(-1, end, end + 1));
      deeds.add(put(-2, end + 2, end + 9));
      deeds.add(read(-2L, end + 3, end + 4));
      assertThat(new Linearization(deeds).fault()).as("seed %d", seed).isEmpty();
      deeds.add(read(-1L, end + 5, end + 6));
      assertThat(new Linearization(deeds).fault()).as("seed %d", seed).isPresent();
    }
  }

  /// A register that decides at one moment within each deed, and clients that each do one deed
  /// after the other.
  private static final class Register {
    private static final int LONGEST = 50;
    private final SplittableRandom random;
    private final long patience;
    private final List<Deed> deeds = new ArrayList<>();
    private @Nullable Long state;
    private long clock;

    /// @param patience how long after it was sent an unanswered write may be done
    Register(SplittableRandom random, long patience) {
      this.random = random;
      this.patience = patience;
      long[] free = new long[CLIENTS];
      for (int i = 1; i <= DEEDS; i++) {
        clock += 1 + random.nextInt(6);
        int client = random.nextInt(CLIENTS);
        long from = Math.min(clock, Math.max(free[client], clock - random.nextInt(LONGEST)));
        long until = clock + random.nextInt(LONGEST);
        if (free[client] <= clock) {
          free[client] = until + 1;
          act(i, from, until);
        }
      }
    }

    List<Deed> deeds() {
      return deeds;
    }

    private void act(long value, long from, long until) {
      if (random.nextInt(3) == 0) {
        deeds.add(read(state, from, until));
        return;
      }
      Condition condition = condition();
      Write write = new Write(condition, random.nextInt(4) == 0 ? null : value);
      boolean unknown = random.nextInt(8) == 0;
      boolean happens = condition.holds(state) && !(unknown && random.nextBoolean());
      Answer answer = happens ? Answer.DONE : Answer.REFUSED;
      long end = patience == Deed.FOR_EVER ? Deed.FOR_EVER : from + patience;
      deeds.add(
          unknown
              ? new Deed(write, Answer.UNKNOWN, from, end)
              : new Deed(write, answer, from, until));
      state = happens ? write.value() : state;
    }

    private Condition condition() {
      return switch (random.nextInt(3)) {
        case 0 -> ALWAYS;
        case 1 -> ABSENT;
        default -> is(state == null ? 0 : state);
      };
    }
  }
}
