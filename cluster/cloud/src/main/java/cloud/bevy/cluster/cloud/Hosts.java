package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which host names lead to which cloud, in a bee of the machine: by name, the [HostRecord]. It is
/// asked before anything is known of a caller, so that no cloud is opened for a name that leads to
/// none. On disk there is nothing until a cloud first takes a name.
final class Hosts {
  private final Bee bee;
  private final Durability durability;

  Hosts(Bee bee, Durability durability) {
    this.bee = bee;
    this.durability = durability;
  }

  /// Gives a name to a cloud, unless another one has it; durable when this returns.
  void take(String host, HostRecord record) {
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      Optional<HostRecord> known = find(batch, host);
      if (known.isEmpty() || known.get().cloud().equals(record.cloud())) {
        batch.put(bytes(host), record.encode());
      }
      ticket = batch.commit();
    }
    durability.await(ticket);
  }

  /// Takes a name back that was given to that cloud for that; durable when this returns.
  void leave(String host, HostRecord record) {
    if (find(host).isEmpty()) {
      return;
    }
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      if (find(batch, host).filter(record::equals).isPresent()) {
        batch.delete(bytes(host));
      }
      ticket = batch.commit();
    }
    durability.await(ticket);
  }

  /// Where a name leads.
  Optional<HostRecord> find(String host) {
    return bee.now().get(bytes(host)).flatMap(entry -> HostRecord.decode(entry.value()));
  }

  private static Optional<HostRecord> find(BeeEditor batch, String host) {
    return batch.get(bytes(host)).flatMap(entry -> HostRecord.decode(entry.value()));
  }

  private static byte[] bytes(String host) {
    return host.getBytes(StandardCharsets.UTF_8);
  }
}
