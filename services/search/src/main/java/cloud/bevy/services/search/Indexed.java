package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an index is made from: a table, or a bucket whose objects are told of as items. Two are
/// equal whose index is the same.
sealed interface Indexed permits IndexedTable, IndexedBucket {
  /// Whose it is.
  Cloud cloud();

  /// What of the items is in the index.
  SearchDefinition definition();

  /// What it is called in messages: `table [notes]`.
  String title();

  /// The name of the folder that the index is in.
  String folder();

  /// Others when the index would be another.
  String fingerprint();

  /// How often its log was cut.
  long fork();

  /// The version of its log that is durable.
  long version();

  /// The log, to be read for the index.
  ///
  /// @param stopping whether nobody wants the index any more
  /// @param known finds an item that the index holds; null where it has none
  Feed feed(BooleanSupplier stopping, Function<byte[], @Nullable StoredItem> known);

  /// The items of an index, as it is filled and as it follows.
  interface Feed extends AutoCloseable {
    /// What was done between two versions. Items that are still there may come as they are at the
    /// end, and need not come where the index holds them so.
    Iterator<Step> steps(long from, long until);

    /// The items of a version in the order of their keys.
    ///
    /// @param after only those behind this key; null for all
    Iterator<Step> items(long version, byte @Nullable [] after);

    @Override
    void close();
  }

  /// One item as it was, or as it became.
  ///
  /// @param item null where it is no more
  record Step(byte[] key, @Nullable Item item) {}

  /// Whether the index holds the items themselves.
  boolean stored();

  /// The item of a hit.
  ///
  /// @param version that was searched
  /// @param stored as it is in the index, if it is
  Optional<StoredItem> item(long version, byte[] key, @Nullable StoredItem stored);

  /// Attributes that are only answered to who names them.
  Set<String> shy();

  /// The id of an item.
  String id(byte[] key);

  /// The key of an id; nothing where it can be none.
  Optional<byte[]> key(String id);
}
