package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.Ticket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A round on its way to the store.
///
/// @param head where the core ends with it
/// @param stored nothing as long as the core has never been there
/// @param generation counts how often the core has had to start over
/// @param sequence counts commits
/// @param era counts cuts: [Cuts]
record Commit(
    Round round, Head head, Optional<StoredCore> stored, long generation, long sequence, long era) {
  Commit signed(byte[] signature) {
    Head signed =
        new Head(head.length(), head.byteLength(), head.fork(), head.rootHash(), signature);
    return new Commit(round, signed, stored, generation, sequence, era);
  }

  /// @param earlier what the round is behind
  Batch batch(StoredCore core, List<Ticket> earlier) {
    Batch batch = new Batch();
    earlier.forEach(batch::behind);
    round.cut().ifPresent(cut -> batch.head(core, cut));
    long index = round.base();
    for (byte[] block : round.blocks()) {
      batch.block(core, index++, ByteBuffer.wrap(block));
    }
    round.nodes().forEach(node -> batch.node(core, node));
    return batch.head(core, head);
  }
}
