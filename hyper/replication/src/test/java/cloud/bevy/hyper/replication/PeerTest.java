package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.replication.Asked.Purpose;
import cloud.bevy.hyper.replication.Asked.What;
import cloud.bevy.hyper.replication.Message.Sync;
import org.junit.jupiter.api.Test;

final class PeerTest {
  private static final long LARGE = 64 << 10;
  private static final long HUGE = 15 << 20;

  private final Peer peer = new Peer();

  private void synced() {
    peer.heard(new Sync(0, 1000, 0, true, true, false, true, false));
  }

  @Test
  void aPeerOfSmallBlocksIsAskedForManyInABatch() {
    peer.foresee(1 << 10);
    assertThat(peer.together()).isEqualTo(Peer.MOST_TOGETHER);
  }

  @Test
  void aPeerOfLargeBlocksIsAskedForFewInABatch() {
    peer.foresee(LARGE);
    assertThat(peer.together()).isBetween(1, (int) (Peer.TOGETHER_BYTES / LARGE));
    peer.foresee(HUGE);
    assertThat(peer.together()).isEqualTo(1);
  }

  @Test
  void whatIsUnderWayFitsBeforeTheFirstAnswer() {
    synced();
    peer.foresee(LARGE);
    assertThat(peer.room() * LARGE).isBetween(Peer.WINDOW_BYTES / 2, Peer.WINDOW_BYTES);
  }

  @Test
  void whatAPeerHasSentSaysMoreThanWhatWasForeseen() {
    Asked asked = new Asked(1, peer, 0, 0, Purpose.DOWNLOAD, What.block(0), false);
    peer.foresee(LARGE);
    peer.answered(asked, LARGE, 1);
    peer.foresee(1);
    assertThat(peer.together()).isLessThan(Peer.MOST_TOGETHER);
  }
}
