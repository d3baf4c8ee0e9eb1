package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.ChangePage;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.ItemChange;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.StreamPage;
import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.Streams;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Writes to the table of the item writers and follows its stream: what it was told is never taken
/// back, and all of it together makes the table, whatever else is written.
final class StreamFollower implements Writer {
  private static final String NAME = "follower";
  private static final int PAGE = 3;

  private final SplittableRandom random;
  private final List<Told> told = new ArrayList<>();
  private long place;

  /// What there is to a record.
  private record Told(long sequence, Item keys, @Nullable Item before, @Nullable Item after) {}

  StreamFollower(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public void check(Cloud cloud) {
    StreamReader stream = stream(cloud);
    List<Told> all = new ArrayList<>();
    place = read(stream, stream.oldest(), all);
    List<Told> again = all.stream().limit(told.size()).toList();
    assertThat(again).as("what was told before").isEqualTo(told);
    told.clear();
    told.addAll(all);
    Map<Item, Item> made = new HashMap<>();
    for (Told change : all) {
      assertThat(made.get(change.keys())).isEqualTo(change.before());
      assertThat(change.after()).isNotEqualTo(change.before());
      if (change.after() == null) {
        made.remove(change.keys());
      } else {
        made.put(change.keys(), change.after());
      }
    }
    List<Item> items =
        Tables.of(cloud).table(ItemWriter.TABLE).scan(0, 1, Reading.ALL).items().stream()
            .map(StoredItem::item)
            .toList();
    assertThat(made.values()).containsExactlyInAnyOrderElementsOf(items);
  }

  @Override
  public void write(Cloud cloud) {
    Table table = Tables.of(cloud).table(ItemWriter.TABLE);
    Item item =
        Item.of(
            Map.of(
                "who", new AttributeValue.S(NAME),
                "at", new AttributeValue.S("0"),
                "number", new AttributeValue.S(Long.toString(random.nextLong()))));
    table.put(item, null);
    List<Told> since = new ArrayList<>();
    place = read(stream(cloud), place, since);
    told.addAll(since);
    assertThat(since).as("what was acknowledged").extracting(Told::after).contains(item);
  }

  private static StreamReader stream(Cloud cloud) {
    Streams streams = Tables.of(cloud).streams();
    StreamPage.Named named =
        streams.list(ItemWriter.TABLE, null, Integer.MAX_VALUE).streams().getLast();
    return streams.find(named.table(), named.label()).orElseThrow();
  }

  /// @return where to read on
  private static long read(StreamReader stream, long from, List<Told> into) {
    long next = from;
    while (true) {
      ChangePage.Read page = (ChangePage.Read) stream.page(next, PAGE);
      for (ItemChange change : page.changes()) {
        into.add(
            new Told(
                change.sequence(), change.keys(), item(change.before()), item(change.after())));
      }
      next = page.next();
      if (page.changes().isEmpty()) {
        return next;
      }
    }
  }

  private static @Nullable Item item(@Nullable StoredItem stored) {
    return stored == null ? null : stored.item();
  }
}
