package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The items of a table with their versions, and writes that are decided on both. A version is the
/// place in the log of the block that wrote the item: no two writes of a table have the same, and
/// later ones have larger ones. Nothing is stored for it.
public final class ItemVersions {
  private final Table table;

  ItemVersions(Table table) {
    this.table = table;
  }

  /// An item as a write has left it.
  ///
  /// @param version the place of that write in the log
  public record Versioned(StoredItem item, long version) {}

  /// What is to become of an item.
  ///
  /// @param after null to delete it
  public record Decision(@Nullable Item after) {}

  /// Decides what becomes of an item, while nobody else writes.
  @FunctionalInterface
  public interface Change {
    /// What becomes of it.
    ///
    /// @return null to leave all as it is
    /// @throws InvalidRequest if the item cannot become what it should
    @Nullable Decision of(@Nullable Versioned before);
  }

  /// A change of the item of a key.
  public record Step(Key key, Change change) {}

  /// What became of a step.
  ///
  /// @param before null where there was no item
  /// @param version the place of the write in the log; that of the item where nothing was written,
  ///   and -1 where there is none either
  /// @param refusal why it was not done; null where it was
  public record Outcome(
      @Nullable Versioned before, long version, @Nullable InvalidRequest refusal) {}

  /// The item that has this key.
  ///
  /// @throws NoSuchTable if the table was deleted
  public Optional<Versioned> get(Key key) {
    byte[] encoded = KeyCodec.encode(key);
    return table
        .alive(() -> ItemBatch.items(table.bee().now()).get(encoded))
        .map(ItemVersions::versioned);
  }

  private static Versioned versioned(BeeEntry entry) {
    return new Versioned(StoredItem.of(entry.value()), entry.sequence());
  }

  /// Carries out the steps one after the other in one batch, so that they wait for the disk once. A
  /// step that is refused stops no other.
  ///
  /// @return what became of each, when all are durable
  /// @throws NoSuchTable if the table was deleted
  public List<Outcome> write(List<Step> steps) {
    List<Outcome> outcomes = new ArrayList<>();
    Ticket ticket;
    Instant expiry;
    try (ItemBatch batch = table.turn()) {
      for (Step step : steps) {
        outcomes.add(write(batch, step));
      }
      expiry = batch.expiry();
      ticket = batch.commit();
    }
    table.durable(ticket, expiry);
    return outcomes;
  }

  private Outcome write(ItemBatch batch, Step step) {
    byte[] key = KeyCodec.encode(step.key());
    Versioned before = batch.entry(key).map(ItemVersions::versioned).orElse(null);
    long version = before == null ? -1 : before.version();
    try {
      Decision decision = step.change().of(before);
      if (decision == null) {
        return new Outcome(before, version, null);
      }
      StoredItem after = storable(step.key(), decision.after());
      if (after == null && before == null) {
        return new Outcome(null, version, null);
      }
      batch.store(key, before == null ? null : before.item(), after);
      return new Outcome(before, batch.version() - 1, null);
    } catch (InvalidRequest refusal) {
      return new Outcome(before, version, refusal);
    }
  }

  private @Nullable StoredItem storable(Key key, @Nullable Item after) {
    if (after == null) {
      return null;
    }
    if (!table.keys().keyOf(after).equals(key)) {
      throw new InvalidRequest("The provided key element does not match the schema");
    }
    return Table.storable(after);
  }
}
