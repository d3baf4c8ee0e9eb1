package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemJsonTest {
  @Provide
  Arbitrary<Item> items() {
    return Values.items();
  }

  @Property(tries = 300)
  void anItemIsReadAsItWasWritten(@ForAll("items") Item item) {
    Item read = ItemJson.item(ItemJson.bytes(item));
    assertThat(read).isEqualTo(item);
    assertThat(List.copyOf(read.attributes().keySet()))
        .isEqualTo(List.copyOf(item.attributes().keySet()));
  }

  @Property(tries = 300)
  void theJsonOfAnItemIsNeverShorterThanItsSize(@ForAll("items") Item item) {
    assertThat(ItemJson.bytes(item).length).isGreaterThanOrEqualTo(item.size());
  }

  @Test
  void anItemWithTheLongestNameIsReadAsItWasWritten() {
    Item item = Values.item("n".repeat(Item.MAXIMUM_NAME), Values.s("x"));
    assertThat(ItemJson.item(ItemJson.bytes(item))).isEqualTo(item);
  }

  @Test
  void anItemHasTheseBytes() {
    Item item =
        Values.item(
            "id", Values.s("1"),
            "n", Values.n("1.50"),
            "b", Values.b(1, 2),
            "yes", new AttributeValue.Bool(true),
            "none", new AttributeValue.Null(),
            "ss", Values.strings("x", "y"),
            "ns", Values.numbers("1", "2"),
            "l", Values.list(Values.s("a"), Values.map("k", Values.n("7"))));
    assertThat(new String(ItemJson.bytes(item), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":{"S":"1"},"n":{"N":"1.5"},"b":{"B":"AQI="},"yes":{"BOOL":true},\
            "none":{"NULL":true},"ss":{"SS":["x","y"]},"ns":{"NS":["1","2"]},\
            "l":{"L":[{"S":"a"},{"M":{"k":{"N":"7"}}}]}}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\":1}",
        "{\"a\":{\"X\":1}}",
        "{\"a\":{\"SS\":[\"x\"}",
        "{\"a\":{\"N\":\"x\"}}"
      })
  void bytesThatAreNoItemAreNotTakenForOne(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ItemJson.item(bytes)).isInstanceOf(IllegalStateException.class);
  }
}
