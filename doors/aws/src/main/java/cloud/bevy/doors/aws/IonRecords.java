package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.IonValue.Content;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.InvalidRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A file of Amazon Ion like `$ion_1_0 {Item:{p:"a"}}`, as text or in binary, in the types that
/// DynamoDB uses for its own (Developer Guide, "Amazon S3 import formats for DynamoDB"). Behind the
/// first value that is something else the file is not read further.
final class IonRecords implements ImportReader {
  /// What says that Ion's first version follows, which the symbols of before do not outlast.
  static final IonValue VERSION = new IonValue(List.of(), new Content.Symbol("$ion_1_0"));

  private static final String TEXTS = "$dynamodb_SS";
  private static final String NUMBERS = "$dynamodb_NS";
  private static final String BINARIES = "$dynamodb_BS";

  private final IonSymbols symbols = new IonSymbols();
  private final IonValue.Reader values;
  private boolean ended;

  /// @param feed at the beginning of the file
  IonRecords(ByteFeed feed) throws IOException {
    values =
        feed.peek() == IonBinaryReader.FIRST
            ? new IonBinaryReader(feed, symbols)
            : new IonTextReader(feed, symbols);
  }

  @Override
  public Optional<ImportedRecord> next() throws IOException {
    try {
      while (!ended) {
        IonValue value = values.next();
        if (value == null) {
          ended = true;
        } else if (!isAbout(value)) {
          return record(value);
        }
      }
      return Optional.empty();
    } catch (IonFault malformed) {
      return broken(malformed.reason());
    }
  }

  private Optional<ImportedRecord> broken(String reason) {
    ended = true;
    return Optional.of(new ImportedRecord.Broken(reason + ": the file is not read further"));
  }

  /// Whether a value says how others are to be read.
  private boolean isAbout(IonValue value) throws IonFault {
    if (value.equals(VERSION)) {
      symbols.reset();
      return true;
    }
    if (value.content() instanceof Content.Struct(List<IonValue.Field> fields)
        && !value.annotations().isEmpty()
        && value.annotations().getFirst().equals(IonSymbols.TABLE)) {
      symbols.take(fields);
      return true;
    }
    return false;
  }

  private Optional<ImportedRecord> record(IonValue value) {
    if (value.content() instanceof Content.Struct(List<IonValue.Field> fields)) {
      for (IonValue.Field field : fields) {
        if (field.name().equals("Item")
            && field.value().content() instanceof Content.Struct(List<IonValue.Field> item)) {
          return Optional.of(JsonLines.record(attributes(item, 0)));
        }
      }
    }
    return broken("a value has no Item");
  }

  private static WireAttributes attributes(List<IonValue.Field> fields, int depth) {
    WireAttributes attributes = new WireAttributes();
    fields.forEach(field -> attributes.put(field.name(), value(field.value(), depth)));
    return attributes;
  }

  private static WireAttributes.WireValue value(IonValue value, int depth) {
    return switch (value.content()) {
      case Content.Null() -> WireAttributes.WireValue.of(new AttributeValue.Null());
      case Content.Bool(boolean flag) -> WireAttributes.WireValue.of(new AttributeValue.Bool(flag));
      case Content.Numeric(BigDecimal number) -> number(number);
      case Content.Text(String text) -> WireAttributes.WireValue.of(new AttributeValue.S(text));
      case Content.Blob(byte[] bytes) ->
          WireAttributes.WireValue.of(new AttributeValue.B(Binary.of(bytes)));
      case Content.Sequence(List<IonValue> elements) ->
          sequence(value.annotations(), elements, depth);
      case Content.Struct(List<IonValue.Field> fields) ->
          depth >= AttributeReader.MAXIMUM_DEPTH ? tooDeep() : map(fields, depth + 1);
      case Content.Symbol _ -> unknown("symbol");
      case Content.Other(String kind) -> unknown(kind);
    };
  }

  private static WireAttributes.WireValue unknown(String kind) {
    return WireAttributes.WireValue.wrong("a table has no values of the kind: " + kind);
  }

  private static WireAttributes.WireValue tooDeep() {
    return WireAttributes.WireValue.wrong("attributes are nested too deep");
  }

  private static WireAttributes.WireValue number(BigDecimal number) {
    try {
      return WireAttributes.WireValue.of(new AttributeValue.N(Decimal.of(number)));
    } catch (InvalidRequest | ArithmeticException outOfRange) {
      return WireAttributes.WireValue.wrong("a number is out of range");
    }
  }

  private static WireAttributes.WireValue map(List<IonValue.Field> fields, int depth) {
    WireAttributes entries = attributes(fields, depth);
    String problem = entries.problem();
    return problem == null
        ? WireAttributes.WireValue.of(new AttributeValue.M(entries.checked()))
        : WireAttributes.WireValue.wrong(problem);
  }

  private static WireAttributes.WireValue sequence(
      List<String> annotations, List<IonValue> elements, int depth) {
    if (annotations.contains(TEXTS)) {
      return set(elements, IonRecords::text, AttributeReader::strings);
    }
    if (annotations.contains(NUMBERS)) {
      return set(elements, IonRecords::digits, AttributeReader::numbers);
    }
    if (annotations.contains(BINARIES)) {
      return set(elements, IonRecords::binary, AttributeReader::binaries);
    }
    if (depth >= AttributeReader.MAXIMUM_DEPTH) {
      return tooDeep();
    }
    List<AttributeValue> list = new ArrayList<>();
    for (IonValue element : elements) {
      WireAttributes.WireValue value = value(element, depth + 1);
      String problem = value.problem();
      if (problem != null) {
        return WireAttributes.WireValue.wrong(problem);
      }
      list.add(value.value());
    }
    return WireAttributes.WireValue.of(new AttributeValue.L(list));
  }

  /// @param member what an element is in the set; null if it cannot be in it
  private static <T> WireAttributes.WireValue set(
      List<IonValue> elements,
      Function<IonValue, @Nullable T> member,
      Function<List<T>, WireAttributes.WireValue> make) {
    List<T> members = new ArrayList<>();
    for (IonValue element : elements) {
      T one = member.apply(element);
      if (one == null) {
        return WireAttributes.WireValue.wrong("a set has an element of another type");
      }
      members.add(one);
    }
    return make.apply(members);
  }

  private static @Nullable String text(IonValue value) {
    return value.content() instanceof Content.Text(String text) ? text : null;
  }

  private static @Nullable String digits(IonValue value) {
    return value.content() instanceof Content.Numeric(BigDecimal number) ? number.toString() : null;
  }

  private static @Nullable Binary binary(IonValue value) {
    return value.content() instanceof Content.Blob(byte[] bytes) ? Binary.of(bytes) : null;
  }
}
