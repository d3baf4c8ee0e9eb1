package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemoteWantsTest {
  private final RemoteWants wants = new RemoteWants();

  private boolean want(long start, long length) {
    return wants.add(new Message.Want(start, length, false));
  }

  @Test
  void aPeerThatWantsNothingIsToldNothing() {
    assertThat(wants.wants(0, 1 << 30)).isFalse();
  }

  @Test
  void aPeerIsToldOfTheRangesItWants() {
    assertThat(want(64, 32)).isTrue();
    assertThat(wants.wants(63, 64)).isFalse();
    assertThat(wants.wants(63, 65)).isTrue();
    assertThat(wants.wants(95, 96)).isTrue();
    assertThat(wants.wants(96, 97)).isFalse();
    wants.remove(new Message.Unwant(64, 32, false));
    assertThat(wants.wants(0, 100)).isFalse();
  }

  @Test
  void anyRangesNeedNoParticularSize() {
    wants.add(new Message.Want(3, 5, true));
    assertThat(wants.wants(0, 3)).isFalse();
    assertThat(wants.wants(7, 8)).isTrue();
    wants.remove(new Message.Unwant(3, 5, true));
    assertThat(wants.wants(7, 8)).isFalse();
  }

  @Test
  void aRangeThatIsNoPowerOfTwoMeansAll() {
    assertThat(want(0, 33)).isTrue();
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isTrue();
  }

  @Test
  void aRangeThatDoesNotLieOnAMultipleOfItsLengthMeansAll() {
    assertThat(want(32, 64)).isTrue();
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isTrue();
  }

  @Test
  void theShortestAndTheLongestRangeAreKeptAndOnesBeyondAreNot() {
    assertThat(want(0, RemoteWants.SHORTEST)).isTrue();
    assertThat(want(0, RemoteWants.LONGEST)).isTrue();
    assertThat(want(0, 2 * RemoteWants.LONGEST)).isFalse();
    assertThat(wants.wants(RemoteWants.LONGEST, RemoteWants.LONGEST + 1)).isFalse();
    assertThat(want(0, RemoteWants.SHORTEST / 2)).isTrue();
    assertThat(wants.wants(RemoteWants.LONGEST, RemoteWants.LONGEST + 1)).isTrue();
  }

  @Test
  void growMemory_aPeerThatWantsTooManyRangesIsToldAll() {
    for (int number = 0; number < RemoteWants.MOST; number++) {
      want(number * 32L, 32);
    }
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isFalse();
    want(1 << 20, 32);
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isTrue();
  }

  @Test
  void growMemory_aPeerThatWantsTooManySizesIsToldAll() {
    for (int size = 0; size < RemoteWants.MOST_SIZES; size++) {
      want(0, 32L << size);
    }
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isFalse();
    want(0, 32L << RemoteWants.MOST_SIZES);
    assertThat(wants.wants(1 << 30, (1 << 30) + 1)).isTrue();
  }

  @Test
  void growMemory_aPeerThatWantsTooManyAnyRangesIsToldAll() {
    for (int number = 0; number < RemoteWants.MOST_ANY; number++) {
      wants.add(new Message.Want(2L * number, 1, true));
    }
    assertThat(wants.wants(1, 2)).isFalse();
    wants.add(new Message.Want(1000, 1, true));
    assertThat(wants.wants(1, 2)).isTrue();
  }
}
