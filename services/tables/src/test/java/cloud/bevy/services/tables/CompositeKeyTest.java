package cloud.bevy.services.tables;

import static cloud.bevy.services.tables.Values.b;
import static cloud.bevy.services.tables.Values.item;
import static cloud.bevy.services.tables.Values.n;
import static cloud.bevy.services.tables.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys of indexes that consist of several attributes.
final class CompositeKeyTest {
  private static final KeySchema KEYS =
      new KeySchema(
          List.of(new KeyAttribute("h1", KeyType.S), new KeyAttribute("h2", KeyType.N)),
          List.of(
              new KeyAttribute("r1", KeyType.N),
              new KeyAttribute("r2", KeyType.S),
              new KeyAttribute("r3", KeyType.B)));
  private static final SecondaryIndex INDEX =
      new SecondaryIndex("by-all", true, KEYS, IndexProjection.ALL, Capacity.ON_DEMAND);
  private static final byte[] ITEM_KEY = {7, 7, 7};

  @Provide
  Arbitrary<Item> items() {
    return Combinators.combine(
            Values.keys(KeyType.S), Values.keys(KeyType.N), Values.keys(KeyType.S))
        .flatAs((h1, r1, r2) ->
            Arbitraries.of(n("1"), n("-2"))
                .map(h2 -> item("h1", h1, "h2", h2, "r1", r1, "r2", r2, "r3", b(1, 0, 2))));
  }

  private static byte[] entry(Item item) {
    return KeyCodec.entry(KEYS, item, ITEM_KEY);
  }

  @Property
  void anEntrySaysWhichItemItIsFor(@ForAll("items") Item item) {
    assertThat(KeyCodec.itemKey(KEYS, entry(item))).isEqualTo(ITEM_KEY);
  }

  @Property
  void entriesOfAPartitionAreOrderedByOneAttributeAfterTheOther(
      @ForAll("items") Item one, @ForAll("items") Item two) {
    Item other =
        item(
            "h1",
            one.get("h1"),
            "h2",
            one.get("h2"),
            "r1",
            two.get("r1"),
            "r2",
            two.get("r2"),
            "r3",
            b(1, 0, 2));
    Integer order = ConditionEvaluator.order(one.get("r1"), other.get("r1"));
    if (order == 0) {
      order = ConditionEvaluator.order(one.get("r2"), other.get("r2"));
    }
    assertThat(Integer.signum(Arrays.compareUnsigned(entry(one), entry(other))))
        .isEqualTo(Integer.signum(order));
  }

  @Property
  void aConditionsRangeHoldsExactlyTheEntriesThatFulfilIt(
      @ForAll("items") Item item, @ForAll("items") Item wanted) {
    String text = "h1 = :h1 AND h2 = :h2 AND r1 = :r1 AND r2 >= :r2";
    Map<String, AttributeValue> values =
        Map.of(
            ":h1",
            wanted.get("h1"),
            ":h2",
            wanted.get("h2"),
            ":r1",
            wanted.get("r1"),
            ":r2",
            wanted.get("r2"));
    Condition condition =
        ConditionParser.parse(
            ExpressionKind.KEY_CONDITION, text, new ExpressionNames(null, values));
    KeyRange range = KeyCondition.of(condition).in(KEYS, true);
    assertThat(range.contains(entry(item))).isEqualTo(ConditionEvaluator.holds(condition, item));
    assertThat(range.contains(entry(wanted))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h1 = :s | HASH key attributes h2 must have equality conditions",
        "h1 = :s AND h2 > :n | HASH key attributes h2 must have equality conditions",
        "h1 = :s AND h2 = :n AND r2 = :s | RANGE key attributes r1 must have equality conditions",
        "h1 = :s AND h2 = :n AND r1 > :n AND r2 = :s | a condition is present on key attribute r2",
        "h1 = :s AND h2 = :n AND x = :s | Query key condition not supported",
        "h1 = :n AND h2 = :n | Condition parameter type does not match schema type"
      })
  void theseAreNoConditionsOnIt(String text, String reason) {
    ExpressionNames names = new ExpressionNames(null, Map.of(":s", s("a"), ":n", n("1")));
    KeyCondition condition =
        KeyCondition.of(ConditionParser.parse(ExpressionKind.KEY_CONDITION, text, names));
    assertThatThrownBy(() -> condition.in(KEYS, true))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(reason);
  }

  @Test
  void anItemThatLacksOneAttributeHasNoEntry() {
    Item whole = item("h1", s("a"), "h2", n("1"), "r1", n("2"), "r2", s("b"), "r3", b(3));
    assertThat(INDEX.entry(whole, ITEM_KEY)).isEqualTo(entry(whole));
    for (KeyAttribute attribute : KEYS.attributes()) {
      Item less = Item.of(without(whole, attribute.name()));
      assertThat(INDEX.entry(less, ITEM_KEY)).as(attribute.name()).isNull();
    }
  }

  private static Map<String, AttributeValue> without(Item item, String name) {
    Map<String, AttributeValue> rest = new java.util.LinkedHashMap<>(item.attributes());
    rest.remove(name);
    return rest;
  }

  @Test
  void allAttributesOfTheSortKeyTogetherAreNotLongerThanOneMayBe() {
    Item most =
        item("h1", s("a"), "h2", n("1"), "r1", n("2"), "r2", s("b".repeat(1020)), "r3", b(3));
    INDEX.check(most);
    Item more =
        item("h1", s("a"), "h2", n("1"), "r1", n("2"), "r2", s("b".repeat(1022)), "r3", b(3));
    assertThatThrownBy(() -> INDEX.check(more)).hasMessageContaining("has exceeded the size limit");
    assertThat(INDEX.entry(more, ITEM_KEY)).isNull();
  }

  @Test
  void anEntryHasTheseBytes() {
    Item item = item("h1", s("a"), "h2", n("1"), "r1", n("0"), "r2", s("b"), "r3", b(3));
    assertThat(HexFormat.of().withUpperCase().formatHex(entry(item)))
        .isEqualTo("387D7579610001C0820B0080620001030001070707");
  }

  @Test
  void theRecordOfAnIndexKeepsAllAttributes() throws IOException {
    StringWriter text = new StringWriter();
    JsonFactory factory = new JsonFactory();
    try (JsonGenerator json = factory.createGenerator(text)) {
      IndexRecord.write(json, INDEX.placed("index1", false));
    }
    assertThat(text.toString())
        .contains("\"partition\":\"S:h1\",\"partition2\":\"N:h2\"")
        .contains("\"sort\":\"N:r1\",\"sort2\":\"S:r2\",\"sort3\":\"B:r3\"");
    try (JsonParser json = factory.createParser(text.toString())) {
      json.nextToken();
      assertThat(IndexRecord.read(json)).isEqualTo(INDEX.placed("index1", false));
    }
  }
}
