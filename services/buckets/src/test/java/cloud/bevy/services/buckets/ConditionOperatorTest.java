package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionOperatorTest {
  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "StringEquals, a, a, true",
    "StringEquals, a, A, false",
    "StringEquals, a, *, false",
    "StringNotEquals, a, b, true",
    "StringNotEquals, a, a, false",
    "StringEqualsIgnoreCase, a, A, true",
    "StringNotEqualsIgnoreCase, a, A, false",
    "StringLike, abc, a?c, true",
    "StringLike, abc, a*, true",
    "StringLike, abc, b*, false",
    "StringNotLike, abc, a*, false",
    "NumericEquals, 10, 10.0, true",
    "NumericLessThan, 9, 10, true",
    "NumericLessThanEquals, 10, 10, true",
    "NumericGreaterThan, 10, 10, false",
    "NumericGreaterThanEquals, 10, 10, true",
    "NumericNotEquals, 9, 10, true",
    "NumericEquals, x, 10, false",
    "DateLessThan, 2026-01-01T00:00:00Z, 2026-01-02, true",
    "DateGreaterThan, 2026-01-01T00:00:00Z, 1000, true",
    "DateEquals, 2026-01-01T00:00:00Z, 2026-01-01, true",
    "DateNotEquals, 2026-01-01T00:00:00Z, never, true",
    "Bool, true, TRUE, true",
    "Bool, false, true, false",
    "IpAddress, 192.0.2.7, 192.0.2.0/24, true",
    "IpAddress, 192.0.3.7, 192.0.2.0/24, false",
    "IpAddress, 192.0.2.7, 0.0.0.0/0, true",
    "IpAddress, ::1, 0.0.0.0/0, false",
    "IpAddress, 2001:db8::1, 2001:db8::/32, true",
    "NotIpAddress, 192.0.2.7, 192.0.2.0/24, false",
    "ArnLike, arn:aws:iam::1:root, arn:aws:iam::*:root, true",
    "ArnNotEquals, arn:aws:iam::1:root, arn:aws:iam::1:root, false"
  })
  void aValueIsCompared(String operator, String actual, String wanted, boolean holds) {
    assertThat(of(operator).holds(List.of(actual), List.of("other", wanted))).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "StringEquals, false",
    "StringNotEquals, true",
    "StringEqualsIfExists, true",
    "IpAddress, false",
    "NotIpAddress, true",
    "ForAllValues:StringEquals, true",
    "ForAnyValue:StringEquals, false",
    "ForAnyValue:StringEqualsIfExists, true"
  })
  void whatIsNotThereIsNoneOfTheValues(String operator, boolean holds) {
    assertThat(of(operator).holds(null, List.of("a"))).isEqualTo(holds);
  }

  @Test
  void nullAsksWhetherItIsThere() {
    assertThat(of("Null").holds(null, List.of("true"))).isTrue();
    assertThat(of("Null").holds(List.of("x"), List.of("true"))).isFalse();
    assertThat(of("Null").holds(List.of("x"), List.of("false"))).isTrue();
  }

  @Test
  void ofSeveralValuesAllOrOneCanBeMeant() {
    List<String> values = List.of("a", "b");
    assertThat(of("ForAllValues:StringEquals").holds(values, List.of("a"))).isFalse();
    assertThat(of("ForAllValues:StringEquals").holds(values, List.of("a", "b"))).isTrue();
    assertThat(of("ForAnyValue:StringEquals").holds(values, List.of("a"))).isTrue();
  }

  @Test
  void anOperatorThatIsNoneIsRefused() {
    for (String name : List.of("", "Equals", "NullIfExists", "ForSomeValues:Bool", "IfExists")) {
      assertThat(ConditionOperator.of(name)).as(name).isEmpty();
    }
  }

  private static ConditionOperator of(String name) {
    return ConditionOperator.of(name).orElseThrow();
  }
}
