package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.Optional;

/// Which cores of this machine may be read from outside by those who know their keys, in a bee of
/// the machine: by discovery key, the [Share]. A core that is not in it is never served, whatever
/// the store holds. On disk there is nothing until something is first shared.
final class Shares {
  private final Bee bee;

  Shares(Bee bee) {
    this.bee = bee;
  }

  /// Adds cores; those that are shared already stay as they are.
  Ticket add(List<Core> cores, Share share) {
    byte[] record = share.encode();
    try (BeeBatch batch = bee.batch()) {
      for (Core core : cores) {
        byte[] key = core.discoveryKey();
        if (batch.get(key).isEmpty()) {
          batch.put(key, record);
        }
      }
      return batch.commit();
    }
  }

  /// Takes cores out.
  ///
  /// @return nothing where none of them was shared
  Optional<Ticket> remove(List<Core> cores) {
    if (cores.stream().allMatch(core -> find(core.discoveryKey()).isEmpty())) {
      return Optional.empty();
    }
    try (BeeBatch batch = bee.batch()) {
      cores.forEach(core -> batch.delete(core.discoveryKey()));
      return Optional.of(batch.commit());
    }
  }

  /// What a discovery key of 32 bytes stands for, if that is shared.
  Optional<Share> find(byte[] discoveryKey) {
    return bee.now().get(discoveryKey).flatMap(entry -> Share.decode(entry.value()));
  }
}
