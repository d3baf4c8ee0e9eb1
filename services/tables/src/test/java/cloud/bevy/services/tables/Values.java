package cloud.bevy.services.tables;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Values of every type, for properties.
final class Values {
  private Values() {}

  static AttributeValue s(String text) {
    return new AttributeValue.S(text);
  }

  static AttributeValue n(String number) {
    return new AttributeValue.N(Decimal.parse(number));
  }

  static AttributeValue b(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      array[at] = (byte) bytes[at];
    }
    return new AttributeValue.B(Binary.of(array));
  }

  static AttributeValue list(AttributeValue... values) {
    return new AttributeValue.L(List.of(values));
  }

  static AttributeValue map(Object... namesAndValues) {
    return AttributeValue.M.of(entries(namesAndValues));
  }

  static AttributeValue strings(String... texts) {
    return new AttributeValue.SS(new LinkedHashSet<>(List.of(texts)));
  }

  static AttributeValue numbers(String... texts) {
    LinkedHashSet<Decimal> numbers = new LinkedHashSet<>();
    List.of(texts).forEach(text -> numbers.add(Decimal.parse(text)));
    return new AttributeValue.NS(numbers);
  }

  static Item item(Object... namesAndValues) {
    return Item.of(entries(namesAndValues));
  }

  private static Map<String, AttributeValue> entries(Object... namesAndValues) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      entries.put((String) namesAndValues[at], (AttributeValue) namesAndValues[at + 1]);
    }
    return entries;
  }

  static Arbitrary<Decimal> decimals() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(38);
    Arbitrary<Integer> exponents = Arbitraries.integers().between(-130, 86);
    return Combinators.combine(Arbitraries.of("", "-"), digits, exponents)
        .as((sign, text, exponent) -> Decimal.parse(sign + text + "E" + exponent));
  }

  static Arbitrary<String> texts() {
    return Arbitraries.strings().all().ofMaxLength(12).filter(Values::wellFormed);
  }

  private static boolean wellFormed(String text) {
    return text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  static Arbitrary<Binary> binaries() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(12).map(Binary::of);
  }

  static Arbitrary<AttributeValue> keys(KeyType type) {
    return switch (type) {
      case S -> texts().filter(text -> !text.isEmpty()).map(AttributeValue.S::new);
      case N -> decimals().map(AttributeValue.N::new);
      case B -> binaries().filter(bytes -> bytes.length() > 0).map(AttributeValue.B::new);
    };
  }

  static Arbitrary<AttributeValue> any(int depth) {
    Arbitrary<AttributeValue> leaf =
        Arbitraries.oneOf(
            texts().map(AttributeValue.S::new),
            decimals().map(AttributeValue.N::new),
            binaries().map(AttributeValue.B::new),
            Arbitraries.of(true, false).map(AttributeValue.Bool::new),
            Arbitraries.of(new AttributeValue.Null()),
            texts()
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(set -> new AttributeValue.SS(new LinkedHashSet<>(set))),
            decimals()
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(set -> new AttributeValue.NS(new LinkedHashSet<>(set))),
            binaries()
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(set -> new AttributeValue.BS(new LinkedHashSet<>(set))));
    if (depth == 0) {
      return leaf;
    }
    return Arbitraries.oneOf(
        leaf,
        any(depth - 1).list().ofMaxSize(3).map(AttributeValue.L::new),
        Arbitraries.maps(texts(), any(depth - 1)).ofMaxSize(3).map(AttributeValue.M::of));
  }

  static Arbitrary<Item> items() {
    return Arbitraries.maps(texts(), any(2)).ofMaxSize(5).map(Item::of);
  }
}
