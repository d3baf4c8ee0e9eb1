package cloud.bevy.services.tables;

import static cloud.bevy.services.tables.Values.item;
import static cloud.bevy.services.tables.Values.list;
import static cloud.bevy.services.tables.Values.map;
import static cloud.bevy.services.tables.Values.n;
import static cloud.bevy.services.tables.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
  private static final Item ITEM =
      item(
          "a", n("1"),
          "l", list(s("0"), map("k", s("1"), "j", s("2")), s("3")),
          "m", map("x", n("1"), "y", map("z", n("2"))));

  private static Item project(String text) {
    return Projection.parse(text, new ExpressionNames(Map.of("#m", "m"), null)).of(ITEM);
  }

  @Test
  void wantedAttributesAreAnsweredAndOthersAreNot() {
    assertThat(project("a, nothing")).isEqualTo(item("a", n("1")));
    assertThat(project("nothing")).isEqualTo(Item.empty());
  }

  @Test
  void partsOfMapsKeepTheirPlace() {
    assertThat(project("#m.y.z")).isEqualTo(item("m", map("y", map("z", n("2")))));
    assertThat(project("m.x, m.y")).isEqualTo(item("m", map("x", n("1"), "y", map("z", n("2")))));
  }

  @Test
  void wantedElementsStandSideBySide() {
    assertThat(project("l[2], l[0]")).isEqualTo(item("l", list(s("0"), s("3"))));
    assertThat(project("l[1].k, l[9]")).isEqualTo(item("l", list(map("k", s("1")))));
  }

  @Test
  void pathsThatOverlapAreRefused() {
    assertThatThrownBy(() -> project("m, m.x"))
        .hasMessage(
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove"
                + " or rewrite one of these paths; path one: [m], path two: [m, x]");
  }

  @Test
  void whatIsNoListOfPathsIsRefused() {
    assertThatThrownBy(() -> project("!!! INVALID !!!"))
        .hasMessage("Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
    assertThatThrownBy(() -> project("a,"))
        .hasMessage("Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"");
  }
}
