package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The machine's record of its clouds, in a bee of the machine: the records by key, and the keys by
/// name. docs/formats/registry.md has the bytes.
final class Registry {
  private static final byte[] BY_KEY = "clouds".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BY_NAME = "names".getBytes(StandardCharsets.UTF_8);

  private final Bee bee;
  private final Sealer sealer;

  Registry(Bee bee, Sealer sealer) {
    this.bee = bee;
    this.sealer = sealer;
  }

  /// What comes of adding a cloud; true once the ticket is durable.
  sealed interface Addition {}

  record Added(Ticket ticket) implements Addition {}

  record Taken(Registration other, Ticket ticket) implements Addition {}

  Addition add(Registration registration) {
    try (BeeBatch batch = bee.batch()) {
      byte[] name = bytes(registration.name());
      Optional<BeeEntry> other = batch.sub(BY_NAME).get(name);
      if (other.isPresent()) {
        CloudKey key = new CloudKey(other.get().value());
        return new Taken(require(batch, key), batch.commit());
      }
      byte[] key = registration.key().bytes();
      batch.sub(BY_KEY).put(key, RegistrationRecord.encode(registration, sealer));
      batch.sub(BY_NAME).put(name, key);
      return new Added(batch.commit());
    }
  }

  Optional<Registration> byName(String name) {
    BeeView view = bee.now();
    return view.sub(BY_NAME)
        .get(bytes(name))
        .map(entry -> require(view, new CloudKey(entry.value())));
  }

  Optional<Registration> byKey(CloudKey key) {
    return find(bee.now(), key);
  }

  /// The keys that begin with some bytes. Their records are not opened.
  List<CloudKey> withPrefix(byte[] prefix) {
    List<CloudKey> found = new ArrayList<>();
    Iterator<BeeEntry> entries = bee.now().sub(BY_KEY).range(Range.prefix(prefix));
    entries.forEachRemaining(entry -> found.add(new CloudKey(entry.key())));
    return found;
  }

  /// The clouds in the order of their names, from behind a name on.
  List<Registration> list(String after, int most) {
    BeeView view = bee.now();
    List<Registration> found = new ArrayList<>();
    Range range = after.isEmpty() ? Range.all() : Range.all().gt(bytes(after));
    Iterator<BeeEntry> entries = view.sub(BY_NAME).range(range.limit(most));
    entries.forEachRemaining(entry -> found.add(require(view, new CloudKey(entry.value()))));
    return found;
  }

  private Optional<Registration> find(BeeView view, CloudKey key) {
    return view.sub(BY_KEY).get(key.bytes()).map(this::decode);
  }

  private Registration require(BeeView view, CloudKey key) {
    return find(view, key).orElseThrow(() -> damaged(key));
  }

  private Registration decode(BeeEntry entry) {
    CloudKey key = new CloudKey(entry.key());
    return RegistrationRecord.decode(key, entry.value(), sealer).orElseThrow(() -> damaged(key));
  }

  private static CloudFault damaged(CloudKey key) {
    return new CloudFault(
        CloudFault.Kind.DAMAGED,
        "the registry's record of cloud " + key + " cannot be read",
        "it was written with another machine.key, or is damaged: put the state folder back whole");
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
