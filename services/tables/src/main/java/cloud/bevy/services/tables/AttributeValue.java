package cloud.bevy.services.tables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The value of an attribute: one of DynamoDB's ten types, under DynamoDB's names. Values are
/// immutable and equal when they mean the same: sets whatever their order, numbers whatever way
/// they were written. Those that are equal have equal texts (`toString`).
public sealed interface AttributeValue {
  /// The name of the type, as it is written in requests: `S`, `N`, `BOOL`, …
  String type();

  /// A string; may be empty.
  record S(String value) implements AttributeValue {
    @Override
    public String type() {
      return "S";
    }
  }

  /// A number.
  record N(Decimal value) implements AttributeValue {
    @Override
    public String type() {
      return "N";
    }
  }

  /// Bytes; may be empty.
  record B(Binary value) implements AttributeValue {
    @Override
    public String type() {
      return "B";
    }
  }

  /// True or false.
  record Bool(boolean value) implements AttributeValue {
    @Override
    public String type() {
      return "BOOL";
    }
  }

  /// An attribute that exists and has no value.
  record Null() implements AttributeValue {
    @Override
    public String type() {
      return "NULL";
    }
  }

  /// A set of strings, never empty.
  record SS(SequencedSet<String> values) implements AttributeValue {
    /// Copies the values.
    public SS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "SS";
    }

    @Override
    public String toString() {
      return "SS" + new TreeSet<>(values);
    }
  }

  /// A set of numbers, never empty.
  record NS(SequencedSet<Decimal> values) implements AttributeValue {
    /// Copies the values.
    public NS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "NS";
    }

    @Override
    public String toString() {
      return "NS" + new TreeSet<>(values);
    }
  }

  /// A set of byte strings, never empty.
  record BS(SequencedSet<Binary> values) implements AttributeValue {
    /// Copies the values.
    public BS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "BS";
    }

    @Override
    public String toString() {
      return "BS" + new TreeSet<>(values);
    }
  }

  /// A list of values of any type.
  record L(List<AttributeValue> values) implements AttributeValue {
    /// Copies the values.
    public L {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public String type() {
      return "L";
    }
  }

  /// Named values of any type, in the order they were given.
  record M(SequencedMap<String, AttributeValue> values) implements AttributeValue {
    /// Copies the values.
    public M {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /// Copies the values, in the order of the map's iteration.
    public static M of(Map<String, AttributeValue> values) {
      return new M(new LinkedHashMap<>(values));
    }

    @Override
    public String type() {
      return "M";
    }

    @Override
    public String toString() {
      return "M" + new TreeMap<>(values);
    }
  }

  private static <T> SequencedSet<T> frozen(Collection<T> values) {
    return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
  }

  /// The string `value`.
  static AttributeValue text(String value) {
    return new S(value);
  }

  /// The number `value`.
  static AttributeValue number(long value) {
    return new N(Decimal.of(BigDecimal.valueOf(value)));
  }

  /// Whether this is a string, a number or bytes: what can be a key and what has an order.
  default boolean scalar() {
    return this instanceof S || this instanceof N || this instanceof B;
  }

  /// Whether this is one of the three kinds of sets.
  default boolean set() {
    return this instanceof SS || this instanceof NS || this instanceof BS;
  }
}
