package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Comparison;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.DocumentPath;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeyCondition;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.Operand;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.SetValue;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.StreamView;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableWrite;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.services.tables.Update;
import cloud.bevy.services.tables.UpdateAction;
import cloud.bevy.services.tables.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Puts, updates and deletes the items of one partition, one at a time and all together.
final class ItemWriter implements Writer {
  static final String TABLE = "notes";

  static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("who", KeyType.S), new KeyAttribute("at", KeyType.S));

  private static final String NUMBER = "number";
  private static final String BYTES = "bytes";
  private static final int ITEMS = 5;
  private static final int PAGE = 2;

  private final String name;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();

  /// The number that all items were to get in one step, if that was not acknowledged.
  private @Nullable Long together;

  /// @param name what no other writer has
  ItemWriter(String name, SplittableRandom random) {
    this.name = name;
    this.random = random;
  }

  /// Makes the table with a stream, unless it is there.
  static void prepare(Cloud cloud) {
    Tables.of(cloud).create(TableDefinition.of(TABLE, KEYS), StreamView.NEW_AND_OLD_IMAGES);
  }

  @Override
  public void check(Cloud cloud) {
    Table table = Tables.of(cloud).table(TABLE);
    List<Item> present = new ArrayList<>();
    List<@Nullable Long> numbers = new ArrayList<>();
    for (int at = 0; at < ITEMS; at++) {
      Optional<Item> item = table.get(key(at)).map(StoredItem::item);
      Long number = item.isEmpty() ? null : number(item.get());
      ledger.settle(Integer.toString(at), number);
      item.ifPresent(present::add);
      numbers.add(number);
    }
    assertThat(query(table)).isEqualTo(present);
    if (together != null && numbers.contains(together)) {
      assertThat(numbers).as("written in one step").containsOnly(together);
    }
    together = null;
  }

  private static long number(Item item) {
    AttributeValue value = item.get(NUMBER);
    assertThat(value).isInstanceOf(AttributeValue.S.class);
    long number = value instanceof AttributeValue.S(String text) ? Long.parseLong(text) : 0;
    assertThat(item.get(BYTES)).isEqualTo(bytes(number));
    return number;
  }

  private List<Item> query(Table table) {
    KeyCondition mine =
        KeyCondition.of(
            new Condition.Compare(
                Comparison.EQUAL,
                new Operand.Path(DocumentPath.of("who")),
                new Operand.Literal(new AttributeValue.S(name))));
    List<Item> found = new ArrayList<>();
    Map<String, AttributeValue> last = null;
    do {
      Page page = table.query(mine, true, new Reading(null, last, PAGE, null, false, false));
      page.items().forEach(item -> found.add(item.item()));
      last = page.last();
    } while (last != null);
    return found;
  }

  @Override
  public void write(Cloud cloud) {
    Table table = Tables.of(cloud).table(TABLE);
    int at = random.nextInt(ITEMS);
    long number = Payload.number(random);
    switch (random.nextInt(8)) {
      case 0, 1 -> delete(table, at);
      case 2, 3 -> update(table, at, number);
      case 4 -> putAll(cloud, table, number);
      default -> put(table, at, number);
    }
  }

  private void put(Table table, int at, long number) {
    ledger.attempt(Integer.toString(at), number);
    written(table.put(item(at, number), null));
    ledger.acknowledge(Integer.toString(at), number);
  }

  /// Asks for the item to be as it was left, which it is.
  private void update(Table table, int at, long number) {
    Long before = ledger.acknowledged(Integer.toString(at));
    DocumentPath path = DocumentPath.of(NUMBER);
    Condition unchanged =
        before == null
            ? new Condition.AttributeNotExists(path)
            : new Condition.Compare(
                Comparison.EQUAL, new Operand.Path(path), new Operand.Literal(text(before)));
    Update update =
        new Update(
            List.of(
                new UpdateAction.Set(path, new SetValue.Literal(text(number))),
                new UpdateAction.Set(DocumentPath.of(BYTES), new SetValue.Literal(bytes(number)))));
    ledger.attempt(Integer.toString(at), number);
    written(table.update(key(at), update, unchanged));
    ledger.acknowledge(Integer.toString(at), number);
  }

  private void delete(Table table, int at) {
    ledger.attempt(Integer.toString(at), null);
    written(table.delete(key(at), null));
    ledger.acknowledge(Integer.toString(at), null);
  }

  private void putAll(Cloud cloud, Table table, long number) {
    List<TableWrite> writes = new ArrayList<>();
    for (int at = 0; at < ITEMS; at++) {
      writes.add(new TableWrite.Put(item(at, number)));
      ledger.attempt(Integer.toString(at), number);
    }
    together = number;
    Tables.of(cloud).writeAll(Map.of(table, writes));
    together = null;
    for (int at = 0; at < ITEMS; at++) {
      ledger.acknowledge(Integer.toString(at), number);
    }
  }

  private static void written(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
  }

  private Item item(int at, long number) {
    var attributes = KEYS.attributesOf(key(at));
    attributes.put(NUMBER, text(number));
    attributes.put(BYTES, bytes(number));
    return new Item(attributes);
  }

  private Key key(int at) {
    return new Key(new AttributeValue.S(name), new AttributeValue.S(Integer.toString(at)));
  }

  private static AttributeValue text(long number) {
    return new AttributeValue.S(Long.toString(number));
  }

  private static AttributeValue bytes(long number) {
    return new AttributeValue.B(Binary.of(Payload.of(number)));
  }
}
