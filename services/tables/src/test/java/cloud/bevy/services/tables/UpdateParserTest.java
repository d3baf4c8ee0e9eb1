package cloud.bevy.services.tables;

import static cloud.bevy.services.tables.Values.item;
import static cloud.bevy.services.tables.Values.list;
import static cloud.bevy.services.tables.Values.map;
import static cloud.bevy.services.tables.Values.n;
import static cloud.bevy.services.tables.Values.numbers;
import static cloud.bevy.services.tables.Values.s;
import static cloud.bevy.services.tables.Values.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class UpdateParserTest {
  private static final Item ITEM =
      item(
          "a", n("1"),
          "b", s("text"),
          "l", list(s("0"), s("1"), s("2"), s("3")),
          "m", map("x", n("1"), "y", map("z", n("2"))),
          "words", strings("p", "q"));

  private static final Map<String, AttributeValue> GIVEN =
      Map.of(
          ":1", n("1"),
          ":2", n("2"),
          ":s", s("new"),
          ":l", list(s("4"), s("5")),
          ":words", strings("q", "r"),
          ":pq", strings("p", "q"),
          ":nums", numbers("7"),
          ":big", n("9E125"));

  private static Item apply(String text) {
    return parse(text).applyTo(ITEM);
  }

  private static Update parse(String text) {
    return UpdateParser.parse(text, new ExpressionNames(Map.of("#a", "a"), GIVEN));
  }

  @Test
  void setComputesInParentheses() {
    Item after = apply("SET c = (a + :2), d = (if_not_exists(zz, :2) - (a)), e = (a) + :1");
    assertThat(after.get("c")).isEqualTo(n("3"));
    assertThat(after.get("d")).isEqualTo(n("1"));
    assertThat(after.get("e")).isEqualTo(n("2"));
    for (String text :
        List.of("SET c = (a + :2) + :2", "SET c = (a + :2", "SET c = (a + (:1 + :2))")) {
      assertThatThrownBy(() -> parse(text)).as(text).hasMessageContaining("Syntax error");
    }
  }

  @Test
  void setComputesWithTheItemAsItWas() {
    Item after = apply("SET #a = a + :2, c = a, d = :2 - a");
    assertThat(after.get("a")).isEqualTo(n("3"));
    assertThat(after.get("c")).isEqualTo(n("1"));
    assertThat(after.get("d")).isEqualTo(n("1"));
  }

  @Test
  void ifNotExistsTakesWhatIsThereOrElseTheOther() {
    Item after = apply("SET c = if_not_exists(a, :2), d = if_not_exists(e, :2) + :1");
    assertThat(after.get("c")).isEqualTo(n("1"));
    assertThat(after.get("d")).isEqualTo(n("3"));
  }

  @Test
  void listsAreJoinedInTheGivenOrder() {
    assertThat(apply("SET l = list_append(:l, l)").get("l"))
        .isEqualTo(list(s("4"), s("5"), s("0"), s("1"), s("2"), s("3")));
    assertThat(apply("SET k = list_append(if_not_exists(k, :l), :l)").get("k"))
        .isEqualTo(list(s("4"), s("5"), s("4"), s("5")));
  }

  @Test
  void anElementSetBehindTheEndBecomesTheLast() {
    assertThat(apply("SET l[99] = :s, l[50] = :1").get("l"))
        .isEqualTo(list(s("0"), s("1"), s("2"), s("3"), n("1"), s("new")));
  }

  @Test
  void removedElementsAreThoseOfTheItemAsItWas() {
    assertThat(apply("REMOVE l[0], l[2]").get("l")).isEqualTo(list(s("1"), s("3")));
    assertThat(apply("SET l[1] = :s REMOVE l[0]").get("l"))
        .isEqualTo(list(s("new"), s("2"), s("3")));
    assertThat(apply("REMOVE l[7]")).isEqualTo(ITEM);
  }

  @Test
  void nestedValuesAreChangedWhereTheyAre() {
    assertThat(apply("SET m.y.z = :s, m.w = :1 REMOVE m.x").get("m"))
        .isEqualTo(map("y", map("z", s("new")), "w", n("1")));
  }

  @Test
  void addAddsNumbersAndElements() {
    Item after = apply("ADD a :2, words :words, c :1, fresh :nums");
    assertThat(after.get("a")).isEqualTo(n("3"));
    assertThat(after.get("words")).isEqualTo(strings("p", "q", "r"));
    assertThat(after.get("c")).isEqualTo(n("1"));
    assertThat(after.get("fresh")).isEqualTo(numbers("7"));
  }

  @Test
  void deleteTakesElementsAndThenTheEmptySet() {
    assertThat(apply("DELETE words :words").get("words")).isEqualTo(strings("p"));
    assertThat(apply("DELETE words :pq").get("words")).isNull();
    assertThat(apply("DELETE nothing :pq")).isEqualTo(ITEM);
  }

  @ParameterizedTest
  @MethodSource("unfitUpdates")
  void anUpdateThatDoesNotFitTheItemIsRefused(String text, String reason) {
    assertThatThrownBy(() -> apply(text)).isInstanceOf(InvalidRequest.class).hasMessage(reason);
  }

  static Stream<Arguments> unfitUpdates() throws IOException {
    return Refusals.in("/unfit-updates.txt");
  }

  @ParameterizedTest
  @MethodSource("refusedUpdates")
  void theseAreRefusedInDynamosWords(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Invalid UpdateExpression: " + reason);
  }

  static Stream<Arguments> refusedUpdates() throws IOException {
    return Refusals.in("/refused-updates.txt");
  }

  @Test
  void theKeyCannotBeChanged() {
    KeySchema keys = new KeySchema(new KeyAttribute("a", KeyType.N), null);
    assertThatThrownBy(() -> parse("REMOVE #a").checkKeys(keys))
        .hasMessageEndingWith("Cannot update attribute a. This attribute is part of the key");
  }

  @Test
  void listsAreNotAppendedWithinEachOther() {
    assertThatThrownBy(() -> parse("SET l = list_append(list_append(l, :l), :l)"))
        .hasMessageEndingWith(
            "not allowed to be used this way in an expression; function: list_append");
    assertThat(apply("SET l2 = list_append(if_not_exists(absent, :l), :l)").get("l2"))
        .isEqualTo(list(s("4"), s("5"), s("4"), s("5")));
  }

  @Test
  void functionsOfConditionsAreNotThoseOfUpdates() {
    assertThatThrownBy(() -> parse("SET x = size(l)"))
        .hasMessageEndingWith("not allowed in an update expression; function: size");
  }

  @Test
  void aHundredFunctionsWithinEachOtherAreAcceptedAndOneMoreIsNot() {
    String most = "if_not_exists(x, ".repeat(UpdateParser.MAXIMUM_DEPTH);
    String end = ")".repeat(UpdateParser.MAXIMUM_DEPTH);
    assertThat(apply("SET y = " + most + ":1" + end).get("y")).isEqualTo(n("1"));
    assertThatThrownBy(() -> parse("SET y = if_not_exists(x, " + most + ":1" + end + ")"))
        .hasMessageContaining("more operators than allowed");
  }

  @Test
  void whatOnlyTakesAwayIsToldFromTheRest() {
    assertThat(parse("REMOVE a, m.x DELETE words :words").onlyRemoves()).isTrue();
    assertThat(parse("REMOVE a SET b = :1").onlyRemoves()).isFalse();
    assertThat(parse("ADD #a :1").onlyRemoves()).isFalse();
    assertThat(Update.NOTHING.onlyRemoves()).isFalse();
  }

  @Test
  void aSumThatIsNotExactIsRefusedAsTooLarge() {
    assertThatThrownBy(() -> apply("SET c = :big + :1")).hasMessage(Decimal.TOO_LARGE);
  }

  @Test
  void byAttributeListsAreAddedToLists() {
    Update update =
        Update.byAttribute(List.of(new UpdateAction.Add(DocumentPath.of("l"), list(s("4")))));
    assertThat(update.applyTo(ITEM).get("l"))
        .isEqualTo(list(s("0"), s("1"), s("2"), s("3"), s("4")));
  }

  @Property(tries = 2000)
  void noExpressionWhateverDoesMoreThanBeRefused(@ForAll String text) {
    try {
      parse("SET " + text);
    } catch (InvalidRequest refused) {
      assertThat(refused.getMessage()).startsWith("Invalid UpdateExpression: ");
    }
  }
}
