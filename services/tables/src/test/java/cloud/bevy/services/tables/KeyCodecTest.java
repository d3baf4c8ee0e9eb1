package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyCodecTest {
  /// A schema, two keys of it with one partition key, and a third key.
  record Sample(KeySchema schema, Key first, Key second, Key other) {}

  @Provide
  Arbitrary<Sample> samples() {
    return Combinators.combine(Arbitraries.of(KeyType.class), Arbitraries.of(KeyType.class))
        .as(KeyCodecTest::samples)
        .flatMap(arbitrary -> arbitrary);
  }

  private static Arbitrary<Sample> samples(KeyType partition, KeyType sort) {
    KeySchema schema = new KeySchema(new KeyAttribute("p", partition), new KeyAttribute("s", sort));
    Arbitrary<AttributeValue> partitions = Values.keys(partition);
    Arbitrary<AttributeValue> sorts = Values.keys(sort);
    return Combinators.combine(partitions, sorts, sorts, partitions)
        .as((here, one, two, elsewhere) ->
            new Sample(schema, new Key(here, one), new Key(here, two), new Key(elsewhere, one)));
  }

  @Property
  void aKeyIsReadAsItWasWritten(@ForAll("samples") Sample sample) {
    byte[] bytes = KeyCodec.encode(sample.first());
    assertThat(KeyCodec.decode(sample.schema(), bytes)).isEqualTo(sample.first());
  }

  @Property
  void withinAPartitionKeysAreOrderedByTheSortKey(@ForAll("samples") Sample sample) {
    byte[] first = KeyCodec.encode(sample.first());
    byte[] second = KeyCodec.encode(sample.second());
    Integer order = ConditionEvaluator.order(sample.first().sort(), sample.second().sort());
    assertThat(Integer.signum(Arrays.compareUnsigned(first, second)))
        .isEqualTo(Integer.signum(order));
  }

  @Property
  void aPartitionsRangeHoldsItsKeysAndNoOthers(@ForAll("samples") Sample sample) {
    KeyRange range = KeyRange.of(sample.first().partition(), null);
    assertThat(range.contains(KeyCodec.encode(sample.first()))).isTrue();
    assertThat(range.contains(KeyCodec.encode(sample.other())))
        .isEqualTo(sample.other().partition().equals(sample.first().partition()));
  }

  @Property
  void aTestsRangeHoldsExactlyTheKeysThatPassIt(
      @ForAll("samples") Sample sample, @ForAll Comparison comparison) {
    if (comparison == Comparison.NOT_EQUAL) {
      return;
    }
    KeyTest test = new KeyTest.Compares(comparison, sample.second().sort());
    KeyRange range = KeyRange.of(sample.first().partition(), test);
    int order = ConditionEvaluator.order(sample.first().sort(), sample.second().sort());
    assertThat(range.contains(KeyCodec.encode(sample.first()))).isEqualTo(comparison.holds(order));
  }

  @Property
  void everyKeyIsInExactlyOneSegment(
      @ForAll("samples") Sample sample, @ForAll @IntRange(min = 1, max = 40) int total) {
    byte[] key = KeyCodec.encode(sample.first());
    long segments =
        IntStream.range(0, total)
            .filter(segment -> KeyRange.segment(segment, total).contains(key))
            .count();
    assertThat(segments).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 80",
    "1, C0820B00",
    "10, C0830B00",
    "1.05, C0820B3300",
    "123, C0840D1F00",
    "-1, 407DF4FF",
    "-123, 407BF2E0FF",
    "1E-130, C0000B00",
    "9.9999999999999999999999999999999999999E+125,"
        + " C0FF6464646464646464646464646464646464646400"
  })
  void numbersHaveTheseBytes(String number, String hex) {
    assertThat(HexFormat.of().withUpperCase().formatHex(KeyCodec.sort(Values.n(number))))
        .isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"a, 116FC9CA610001", "'', 030AF4D10001", "é, D65BF7C9C3A90001"})
  void partitionKeysThatAreStringsHaveTheseBytes(String text, String hex) {
    assertThat(HexFormat.of().withUpperCase().formatHex(KeyCodec.partition(Values.s(text))))
        .isEqualTo(hex);
  }

  @Test
  void aZeroByteInAPartitionKeyIsEscaped() {
    byte[] bytes = KeyCodec.partition(Values.b(0x61, 0x00, 0x62));
    assertThat(HexFormat.of().withUpperCase().formatHex(bytes)).endsWith("6100FF620001");
  }

  @Test
  void aSortKeyStandsBehindThePartitionKeyAsItIs() {
    byte[] bytes = KeyCodec.encode(new Key(Values.s("a"), Values.s("b")));
    assertThat(HexFormat.of().withUpperCase().formatHex(bytes)).endsWith("61000162");
  }
}
