package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableLog;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table whose items are in an index, which holds their keys alone.
record IndexedTable(Cloud cloud, Table table, SearchDefinition definition) implements Indexed {
  @Override
  public String title() {
    return "table [" + table.description().name() + "]";
  }

  @Override
  public String folder() {
    return table.description().incarnation();
  }

  @Override
  public String fingerprint() {
    return definition.fingerprint();
  }

  @Override
  public long fork() {
    return table.log().fork();
  }

  @Override
  public long version() {
    return table.log().version();
  }

  @Override
  public Feed feed(BooleanSupplier stopping, Function<byte[], @Nullable StoredItem> known) {
    TableLog log = table.log();
    return new Feed() {
      @Override
      public Iterator<Step> steps(long from, long until) {
        return plain(log.steps(from, until));
      }

      @Override
      public Iterator<Step> items(long version, byte @Nullable [] after) {
        return plain(log.items(version, after));
      }

      @Override
      public void close() {}
    };
  }

  private static Iterator<Step> plain(Iterator<TableLog.Step> steps) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return steps.hasNext();
      }

      @Override
      public Step next() {
        TableLog.Step step = steps.next();
        StoredItem item = step.item();
        return new Step(step.key(), item == null ? null : item.item());
      }
    };
  }

  @Override
  public boolean stored() {
    return false;
  }

  @Override
  public Optional<StoredItem> item(long version, byte[] key, @Nullable StoredItem stored) {
    return table.log().item(version, key);
  }

  @Override
  public Set<String> shy() {
    return Set.of();
  }

  @Override
  public String id(byte[] key) {
    return ItemIds.id(table.log().key(key));
  }

  @Override
  public Optional<byte[]> key(String id) {
    return ItemIds.key(table.keys(), id).map(table.log()::key);
  }
}
