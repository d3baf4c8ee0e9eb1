package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "'', '', true",
    "'', a, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "?, '', false",
    "??, ab, true",
    "*?, a, true",
    "a**b, ab, true"
  })
  void aPatternMatches(String pattern, String text, boolean matches) {
    assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
  }

  @Property
  void aTextThatIsMeantLiterallyMatchesItselfAlone(@ForAll String text, @ForAll String other) {
    String pattern = Wildcard.literally(text);
    assertThat(Wildcard.matches(pattern, text)).isTrue();
    assertThat(Wildcard.matches(pattern, other)).isEqualTo(text.equals(other));
  }

  @Test
  void aPatternOfManyStarsTakesNoLongTime() {
    String pattern = "a*".repeat(5000) + "b";
    String text = "a".repeat(20_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Wildcard.matches(pattern, text)).isFalse());
  }
}
