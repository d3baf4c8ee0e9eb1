package cloud.bevy.doors.aws;

import java.math.BigDecimal;
import java.util.List;

/// A value of Amazon Ion.
///
/// @param annotations what stands before it, `a::`
/// @param content what it is
record IonValue(List<String> annotations, Content content) {
  /// The kinds of values, of which a null has none.
  sealed interface Content {
    record Null() implements Content {}

    record Bool(boolean value) implements Content {}

    /// An integer or a decimal.
    record Numeric(BigDecimal value) implements Content {}

    record Text(String value) implements Content {}

    record Symbol(String text) implements Content {}

    record Blob(byte[] bytes) implements Content {}

    record Sequence(List<IonValue> elements) implements Content {}

    record Struct(List<Field> fields) implements Content {}

    /// What tables have nothing for: floats, timestamps, clobs and expressions.
    record Other(String kind) implements Content {}
  }

  /// A field of a struct, in which a name may occur twice.
  record Field(String name, IonValue value) {}

  /// Reads values one after the other.
  interface Reader {
    /// The next value at the top; null behind the last. A version marker and a table of symbols are
    /// values too.
    ///
    /// @throws IonFault if it is none
    @org.jspecify.annotations.Nullable
    IonValue next() throws java.io.IOException;
  }
}
