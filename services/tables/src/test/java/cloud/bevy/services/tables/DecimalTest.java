package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "00042, 42",
    "1.0, 1",
    "3.1400, 3.14",
    "1.5E2, 150",
    "-0, 0",
    "0E-200, 0",
    "+7, 7",
    ".5, 0.5",
    "5., 5",
    "100, 100",
    "1e2, 100",
    "-1.50, -1.5"
  })
  void aNumberHasOneForm(String written, String form) {
    assertThat(Decimal.parse(written)).hasToString(form);
  }

  @Property
  void aNumberEqualsItselfHoweverItIsWritten(@ForAll("decimals") Decimal number) {
    String scientific = number.value().toString();
    assertThat(Decimal.parse(scientific)).isEqualTo(number);
    assertThat(Decimal.parse(number.toString())).isEqualTo(number);
  }

  @Provide
  Arbitrary<Decimal> decimals() {
    return Values.decimals();
  }

  @Test
  void theLargestNumberIsAcceptedAndOneBeyondIsNot() {
    String largest = "9".repeat(38) + "E88";
    assertThat(Decimal.parse(largest).value()).isEqualByComparingTo(new BigDecimal(largest));
    refused("1E126", "Number overflow");
    refused("-1E126", "Number overflow");
  }

  @Test
  void theSmallestNumberIsAcceptedAndOneBeyondIsNot() {
    assertThat(Decimal.parse("1E-130").value()).isEqualByComparingTo("1E-130");
    refused("1E-131", "Number underflow");
  }

  @Test
  void thirtyEightDigitsAreAcceptedAndOneMoreIsNot() {
    assertThat(Decimal.parse("1".repeat(38))).hasToString("1".repeat(38));
    refused("1".repeat(39), "38 significant digits");
    assertThat(Decimal.parse("1".repeat(38) + "0")).hasToString("1".repeat(38) + "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1a",
        " 1",
        "1 ",
        "0x10",
        "NaN",
        "Infinity",
        "1e",
        "--1",
        "١",
        "1,5",
        "1E99999999999"
      })
  void whatIsNoNumberIsRefused(String text) {
    refused(text, "cannot be converted to a numeric value");
  }

  @Test
  void aNumberOfAMillionDigitsIsRefusedBeforeItIsRead() {
    refused("9".repeat(1_000_000), "cannot be converted to a numeric value");
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> Decimal.parse(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(reason);
  }
}
