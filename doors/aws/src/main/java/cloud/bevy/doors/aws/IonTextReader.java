package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.IonValue.Content;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Amazon Ion as text (Ion specification, "Ion 1.0 text encoding"), one value at the top
/// after the other.
final class IonTextReader implements IonValue.Reader {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9](_?[0-9])*)");
  private static final Pattern RADIX =
      Pattern.compile("-?0([xX][0-9a-fA-F](_?[0-9a-fA-F])*|[bB][01](_?[01])*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9](_?[0-9])*)(\\.([0-9](_?[0-9])*)?)?([dD][+-]?[0-9]+)?");
  private static final Pattern FLOAT =
      Pattern.compile("-?(0|[1-9](_?[0-9])*)(\\.([0-9](_?[0-9])*)?)?[eE][+-]?[0-9]+|[+-]inf");
  private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{4}(T|-[0-9TZ:.+-]+)");
  private static final Pattern NUMBERED = Pattern.compile("\\$[0-9]{1,9}");

  private final IonTokens tokens;
  private final IonSymbols symbols;
  private IonLimits limits = new IonLimits();

  IonTextReader(ByteFeed feed, IonSymbols symbols) {
    tokens = new IonTokens(feed);
    this.symbols = symbols;
  }

  @Override
  public @Nullable IonValue next() throws IOException {
    tokens.begin();
    limits = new IonLimits();
    tokens.skip();
    return tokens.peek(0) < 0 ? null : value();
  }

  private IonValue value() throws IOException {
    limits.enter();
    List<String> annotations = new ArrayList<>();
    while (true) {
      tokens.skip();
      int first = tokens.peek(0);
      boolean quoted = first == '\'' && !tokens.longQuote();
      if (!quoted && !IonTokens.beginsName(first)) {
        IonValue value = new IonValue(List.copyOf(annotations), content(first));
        limits.leave();
        return value;
      }
      String name = quoted ? tokens.quoted('\'') : tokens.name();
      boolean typed = !quoted && name.equals("null") && tokens.took(".");
      if (typed) {
        tokens.name();
      } else {
        tokens.skip();
        if (tokens.took("::")) {
          annotations.add(quoted ? name : text(name));
          continue;
        }
      }
      limits.leave();
      return new IonValue(List.copyOf(annotations), quoted ? new Content.Symbol(name) : word(name));
    }
  }

  /// A symbol's text, which may be written as a number.
  private String text(String name) throws IonFault {
    return NUMBERED.matcher(name).matches()
        ? symbols.text(Long.parseLong(name.substring(1)))
        : name;
  }

  private Content word(String name) throws IonFault {
    return switch (name) {
      case "null" -> new Content.Null();
      case "true" -> new Content.Bool(true);
      case "false" -> new Content.Bool(false);
      case "nan" -> new Content.Other("float");
      default -> new Content.Symbol(text(name));
    };
  }

  private Content content(int first) throws IOException {
    return switch (first) {
      case '"' -> new Content.Text(tokens.quoted('"'));
      case '\'' -> new Content.Text(tokens.longText());
      case '[' -> {
        tokens.next();
        yield new Content.Sequence(elements());
      }
      case '(' -> throw new IonFault("it has an expression");
      case '{' -> {
        tokens.next();
        yield tokens.took("{") ? lob() : new Content.Struct(fields());
      }
      default -> number(tokens.digits());
    };
  }

  private List<IonValue> elements() throws IOException {
    List<IonValue> elements = new ArrayList<>();
    while (true) {
      tokens.skip();
      if (tokens.took("]")) {
        return elements;
      }
      elements.add(value());
      end(']');
    }
  }

  private List<IonValue.Field> fields() throws IOException {
    List<IonValue.Field> fields = new ArrayList<>();
    while (true) {
      tokens.skip();
      if (tokens.took("}")) {
        return fields;
      }
      String name = fieldName();
      tokens.skip();
      if (!tokens.took(":")) {
        throw new IonFault("a field has no value");
      }
      fields.add(new IonValue.Field(name, value()));
      end('}');
    }
  }

  private String fieldName() throws IOException {
    int first = tokens.peek(0);
    if (first == '"') {
      return tokens.quoted('"');
    }
    if (first == '\'') {
      return tokens.longQuote() ? tokens.longText() : tokens.quoted('\'');
    }
    return text(tokens.name());
  }

  /// What comes behind an element.
  private void end(int close) throws IOException {
    tokens.skip();
    if (!tokens.took(",") && tokens.peek(0) != close) {
      throw new IonFault("an element has no end");
    }
  }

  private Content lob() throws IOException {
    tokens.space();
    int first = tokens.peek(0);
    if (first == '"' || first == '\'') {
      if (first == '"') {
        tokens.quoted('"');
      } else {
        tokens.longText();
      }
      tokens.space();
      endLob();
      return new Content.Other("clob");
    }
    StringBuilder base64 = new StringBuilder();
    while (tokens.peek(0) != '}' && tokens.peek(0) >= 0) {
      base64.append((char) tokens.next());
      tokens.space();
    }
    endLob();
    try {
      return new Content.Blob(Base64.getDecoder().decode(base64.toString()));
    } catch (IllegalArgumentException malformed) {
      throw new IonFault("bytes are not in base64");
    }
  }

  private void endLob() throws IOException {
    if (!tokens.took("}}")) {
      throw new IonFault("bytes have no end");
    }
  }

  private static Content number(String token) throws IonFault {
    try {
      if (WHOLE.matcher(token).matches()) {
        return new Content.Numeric(new BigDecimal(token.replace("_", "")));
      }
      if (RADIX.matcher(token).matches()) {
        boolean negative = token.startsWith("-");
        String digits = token.substring(negative ? 3 : 2).replace("_", "");
        boolean hex = Character.toLowerCase(token.charAt(negative ? 2 : 1)) == 'x';
        BigInteger magnitude = new BigInteger(digits, hex ? 16 : 2);
        return new Content.Numeric(new BigDecimal(negative ? magnitude.negate() : magnitude));
      }
      if (DECIMAL.matcher(token).matches()) {
        String plain = token.replace("_", "").replace('d', 'E').replace('D', 'E');
        return new Content.Numeric(new BigDecimal(plain));
      }
    } catch (NumberFormatException outOfRange) {
      throw new IonFault("an exponent is too large");
    }
    if (FLOAT.matcher(token).matches()) {
      return new Content.Other("float");
    }
    if (TIMESTAMP.matcher(token).matches()) {
      return new Content.Other("timestamp");
    }
    throw new IonFault("it is no Ion");
  }
}
