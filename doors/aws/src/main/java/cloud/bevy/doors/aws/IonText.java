package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.ExportedItem;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Writes items as Amazon Ion text, in the types that DynamoDB's exports use for its own (Developer
/// Guide, "Amazon Ion").
final class IonText {
  private static final String VERSION = "$ion_1_0 ";
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Set<String> WORDS = Set.of("null", "true", "false", "nan");
  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder out = new StringBuilder();

  private IonText() {}

  /// The line of an item.
  static String item(ExportedItem item) {
    IonText text = new IonText();
    text.out.append(VERSION).append("{Item:");
    StoredItem after = item.after();
    text.item(after == null ? Item.empty() : after.item());
    return text.out.append("}\n").toString();
  }

  /// The line of an item that has changed.
  static String change(ExportedItem item, boolean oldImages) {
    IonText text = new IonText();
    text.out.append(VERSION).append("{Record:{Metadata:{WriteTimestampMicros:");
    text.out.append(ExportForms.micros(item.written())).append(".},Keys:");
    text.item(item.key());
    StoredItem before = item.before();
    if (before != null && oldImages) {
      text.out.append(",OldImage:");
      text.item(before.item());
    }
    StoredItem after = item.after();
    if (after != null) {
      text.out.append(",NewImage:");
      text.item(after.item());
    }
    return text.out.append("}}\n").toString();
  }

  private void item(Item item) {
    entries(item.attributes());
  }

  private void entries(Map<String, AttributeValue> entries) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
      out.append(separator);
      symbol(entry.getKey());
      out.append(':');
      value(entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void value(AttributeValue value) {
    switch (value) {
      case AttributeValue.S(String text) -> quoted(text, '"');
      case AttributeValue.N(Decimal number) -> number(number);
      case AttributeValue.B(Binary bytes) -> binary(bytes);
      case AttributeValue.Bool(boolean bool) -> out.append(bool);
      case AttributeValue.Null() -> out.append("null");
      case AttributeValue.SS(Collection<String> texts) ->
          elements("$dynamodb_SS::", texts, text -> quoted(text, '"'));
      case AttributeValue.NS(Collection<Decimal> numbers) ->
          elements("$dynamodb_NS::", numbers, this::number);
      case AttributeValue.BS(Collection<Binary> binaries) ->
          elements("$dynamodb_BS::", binaries, this::binary);
      case AttributeValue.L(List<AttributeValue> values) -> elements("", values, this::value);
      case AttributeValue.M(Map<String, AttributeValue> entries) -> entries(entries);
    }
  }

  private <T> void elements(String annotation, Collection<T> elements, Consumer<T> write) {
    out.append(annotation).append('[');
    boolean first = true;
    for (T element : elements) {
      if (!first) {
        out.append(',');
      }
      write.accept(element);
      first = false;
    }
    out.append(']');
  }

  /// A decimal: it has a point or an exponent, or else it would be an integer.
  private void number(Decimal number) {
    BigDecimal value = number.value().stripTrailingZeros();
    if (value.scale() > 0 && value.scale() <= value.precision()) {
      out.append(value.toPlainString());
    } else if (value.scale() == 0 || value.signum() == 0) {
      out.append(value.unscaledValue()).append('.');
    } else {
      out.append(value.unscaledValue()).append('d').append(-value.scale());
    }
  }

  private void binary(Binary bytes) {
    out.append("{{").append(Base64.getEncoder().encodeToString(bytes.bytes())).append("}}");
  }

  private void symbol(String name) {
    if (IDENTIFIER.matcher(name).matches() && !WORDS.contains(name)) {
      out.append(name);
    } else {
      quoted(name, '\'');
    }
  }

  private void quoted(String text, char quote) {
    out.append(quote);
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == quote || character == '\\') {
        out.append('\\').append(character);
      } else if (character < FIRST_PRINTABLE) {
        out.append("\\x%02x".formatted((int) character));
      } else {
        out.append(character);
      }
    }
    out.append(quote);
  }
}
