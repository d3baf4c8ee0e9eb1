package cloud.bevy.services.tables;

import static cloud.bevy.services.tables.Values.b;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionParserTest {
  private static final Item ITEM =
      item(
          "id", s("a-1"),
          "age", n("41"),
          "rawness", b(1, 2, 3),
          "turned", new AttributeValue.Bool(true),
          "none", new AttributeValue.Null(),
          "words", strings("x", "y"),
          "counts", numbers("1", "2"),
          "things", list(s("a"), n("2"), map("deep", s("v"))),
          "box", map("lid", map("colour", s("red"))));

  private static final Map<String, AttributeValue> GIVEN =
      Map.ofEntries(
          Map.entry(":a", s("a")),
          Map.entry(":id", s("a-1")),
          Map.entry(":x", s("x")),
          Map.entry(":red", s("red")),
          Map.entry(":S", s("S")),
          Map.entry(":M", s("M")),
          Map.entry(":0", n("0")),
          Map.entry(":2", n("2")),
          Map.entry(":3", n("3")),
          Map.entry(":41", n("41.0")),
          Map.entry(":99", n("99")),
          Map.entry(":raw", b(1, 2)),
          Map.entry(":true", new AttributeValue.Bool(true)),
          Map.entry(":words", strings("y", "x")),
          Map.entry(":Z", s("Z")));

  private static Condition parse(String text) {
    Map<String, String> names = new LinkedHashMap<>(Map.of("#i", "id", "#b", "box"));
    return ConditionParser.parse(ExpressionKind.CONDITION, text, new ExpressionNames(names, GIVEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = :id",
        "#i = :id",
        ":id = id",
        "age = :41",
        "age > :3",
        "age >= :41",
        "age <> :3",
        "age < :99 AND age > :3",
        "age BETWEEN :3 AND :99",
        "age between :41 and :41",
        "age IN (:3, :41)",
        "id in (:a,:id)",
        "NOT age = :3",
        "not (age = :3)",
        "attribute_exists(id)",
        "attribute_not_exists(nothing)",
        "attribute_exists(box.lid.colour)",
        "attribute_exists(things[2].deep)",
        "attribute_not_exists(things[3])",
        "attribute_type(id, :S)",
        "attribute_type(box, :M)",
        "begins_with(id, :a)",
        "begins_with(rawness, :raw)",
        "contains(id, :a)",
        "contains(rawness, :raw)",
        "contains(words, :x)",
        "contains(counts, :2)",
        "contains(things, :a)",
        "size(id) = :3",
        "size(things) = :3",
        "size(rawness) = :3",
        "size(words) = :2",
        ":2 < size(id)",
        "box.lid.colour = :red",
        "#b.lid.colour = :red",
        "things[0] = :a",
        "words = :words",
        "#i = :id OR nothing = :a AND nothing = :a",
        "(nothing = :a OR id = :id) AND age = :41",
        "nothing <> :a",
        "turned = :true",
        "attribute_not_exists(id.x)",
        "(id) = (:id)",
        "id=:id",
        "id = :id AND(age = :41)",
        "NOT NOT id = :id",
        "id <> :2"
      })
  void theseHold(String text) {
    assertThat(ConditionEvaluator.holds(parse(text), ITEM)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = :a",
        "age = :id",
        "age < :id",
        "nothing = :a",
        "nothing < :99",
        "size(nothing) = :0",
        "begins_with(age, :a)",
        "contains(age, :a)",
        "contains(things, :x)",
        "words = :x",
        "age BETWEEN :id AND :id",
        "age IN (:id, :3)",
        "attribute_type(id, :M)",
        "id = :id AND NOT age = :41",
        "things[9] = :a",
        "id[0] = :a",
        "box[0] = :a"
      })
  void theseDoNotHold(String text) {
    assertThat(ConditionEvaluator.holds(parse(text), ITEM)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("refusedConditions")
  void theseAreRefusedInDynamosWords(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Invalid ConditionExpression: " + reason);
  }

  static Stream<Arguments> refusedConditions() throws IOException {
    return Refusals.in("/refused-conditions.txt");
  }

  @Test
  void threeHundredOperatorsAreAcceptedAndOneMoreIsNot() {
    String most = "a=:a" + " OR a=:a".repeat(148) + " OR NOT x=:x";
    assertThat(parse(most)).isInstanceOf(Condition.Or.class);
    refused(most + " OR NOT x=:x", "more operators than allowed");
  }

  @Test
  void fourThousandBytesAreAcceptedAndOneMoreIsNot() {
    String padded = "a = :a" + " ".repeat(ExpressionLexer.MAXIMUM_BYTES - 6);
    assertThat(parse(padded)).isInstanceOf(Condition.Compare.class);
    refused(padded + " ", "Expression size has exceeded the maximum allowed size");
  }

  @Test
  void aHundredCandidatesAreAcceptedAndOneMoreIsNot() {
    String most = "a IN (:a" + ",:a".repeat(99);
    assertThat(parse(most + ")")).isInstanceOf(Condition.In.class);
    refused(most + ",:a)", "too many operands; number of operands: 101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "NOT ", "size("})
  void deepNestingIsRefusedAndDoesNotFillTheStack(String opening) {
    String deep = opening.repeat(ExpressionLexer.MAXIMUM_BYTES / opening.length());
    refused(deep, "Invalid ConditionExpression");
  }

  @Test
  void parenthesesWithinEachOtherTakeNoStack() throws InterruptedException {
    String deep = "age = :3" + " OR (age = :3".repeat(148) + " OR age = :41" + ")".repeat(148);
    List<Boolean> held = new ArrayList<>();
    Thread small = new Thread(null, () -> held.add(parses(deep)), "small", 64 << 10);
    small.start();
    small.join();
    assertThat(held).containsExactly(true);
    assertThat(ConditionEvaluator.holds(parse(deep), ITEM)).isTrue();
  }

  private static boolean parses(String text) {
    return parse(text) instanceof Condition.Or;
  }

  @ParameterizedTest
  @ValueSource(strings = {"attribute_exists(", "age = ("})
  void operandsWithinEachOtherAreRefused(String opening) {
    refused(opening.repeat(40), "Invalid ConditionExpression");
  }

  /// A condition of comparisons that hold or do not, and whether it holds.
  record Formula(String text, boolean holds, int binding) {
    Formula within(int least) {
      return binding >= least ? this : new Formula("(" + text + ")", holds, 3);
    }
  }

  @Provide
  Arbitrary<Formula> formulas() {
    Arbitrary<Formula> leaves =
        Arbitraries.of(new Formula("age = :41", true, 3), new Formula("age = :3", false, 3));
    return Arbitraries.recursive(() -> leaves, ConditionParserTest::larger, 0, 6);
  }

  private static Arbitrary<Formula> larger(Arbitrary<Formula> formulas) {
    return Combinators.combine(formulas, formulas, Arbitraries.of("AND", "OR", "NOT", ""))
        .as((left, right, operator) ->
            switch (operator) {
              case "OR" ->
                  new Formula(
                      left.within(0).text() + " OR " + right.within(1).text(),
                      left.holds() || right.holds(),
                      0);
              case "AND" ->
                  new Formula(
                      left.within(1).text() + " AND " + right.within(2).text(),
                      left.holds() && right.holds(),
                      1);
              case "NOT" -> new Formula("NOT " + left.within(2).text(), !left.holds(), 2);
              default -> left;
            });
  }

  @Property
  void operatorsBindAsTheyShould(@ForAll("formulas") Formula formula) {
    assertThat(ConditionEvaluator.holds(parse(formula.text()), ITEM)).isEqualTo(formula.holds());
  }

  @Test
  void functionsOfUpdatesAreNotThoseOfConditions() {
    refused(
        "if_not_exists(a, :a) = :a",
        "The function is not allowed in a condition expression; function: if_not_exists");
    refused("coffee(a) = :a", "Invalid function name; function: coffee");
  }

  @Test
  void aNameDoesNotBeginWithAnUnderscore() {
    refused("_a = :a", "Syntax error; token: \"_\", near: \"_a\"");
    assertThat(parse("a_ = :a")).isInstanceOf(Condition.Compare.class);
  }

  @Test
  void aPathOfThirtyTwoLevelsIsAcceptedAndOneMoreIsNot() {
    String most = "a" + ".b".repeat(31);
    assertThat(parse(most + " = :a")).isInstanceOf(Condition.Compare.class);
    refused(most + "[0] = :a", "The document path has too many nesting levels; nesting levels: 33");
  }

  @Property(tries = 2000)
  void noExpressionWhateverDoesMoreThanBeRefused(@ForAll String text) {
    try {
      parse(text);
    } catch (InvalidRequest refused) {
      assertThat(refused.getMessage()).startsWith("Invalid ConditionExpression: ");
    }
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(reason);
  }
}
