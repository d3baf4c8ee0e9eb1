package cloud.bevy.services.search;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object within a request, whose members are asked for by name. In the end [#end] refuses those
/// that nobody has asked for: what is not understood is not passed over.
final class Part {
  private final String name;
  private final Map<String, @Nullable Object> members;
  private final Set<String> asked = new HashSet<>();

  Part(String name, Map<String, @Nullable Object> members) {
    this.name = name;
    this.members = members;
  }

  /// The object that a value is.
  ///
  /// @throws SearchRefusal if it is none
  static Part of(String name, @Nullable Object value) {
    return new Part(name, map(name, value));
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return (Map<String, @Nullable Object>) value;
    }
    throw SearchRefusal.parsing("[" + name + "] must be an object, not " + shown(value));
  }

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(String name, @Nullable Object value) {
    if (value instanceof List<?>) {
      return (List<@Nullable Object>) value;
    }
    throw SearchRefusal.parsing("[" + name + "] must be an array, not " + shown(value));
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "an array";
      case String _ -> "a string";
      case Boolean bool -> bool.toString();
      default -> "a number";
    };
  }

  String name() {
    return name;
  }

  /// The names of the members.
  Set<String> names() {
    return members.keySet();
  }

  boolean has(String member) {
    return members.containsKey(member);
  }

  @Nullable Object value(String member) {
    asked.add(member);
    return members.get(member);
  }

  Part part(String member) {
    return of(member, value(member));
  }

  List<@Nullable Object> list(String member) {
    return list(member, value(member));
  }

  /// A member that is an array, or one value for an array of one.
  List<@Nullable Object> some(String member) {
    Object value = value(member);
    if (value instanceof List<?>) {
      return list(member, value);
    }
    return value == null ? List.of() : List.of(value);
  }

  String text(String member) {
    String text = scalar(value(member));
    if (text == null) {
      throw SearchRefusal.parsing("[" + name + "] requires [" + member + "], a string");
    }
    return text;
  }

  String text(String member, String otherwise) {
    return has(member) ? text(member) : otherwise;
  }

  /// A string, number or boolean as it is written; null for all else.
  static @Nullable String scalar(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Long whole -> whole.toString();
      case Double number -> number.toString();
      case Boolean bool -> bool.toString();
      case null, default -> null;
    };
  }

  boolean bool(String member, boolean otherwise) {
    Object value = value(member);
    return switch (value) {
      case null -> otherwise;
      case Boolean bool -> bool;
      case String text when text.equals("true") || text.equals("false") -> text.equals("true");
      default -> throw SearchRefusal.parsing("[" + name + "." + member + "] must be true or false");
    };
  }

  /// A whole number within bounds.
  int integer(String member, int otherwise, int least, int most) {
    if (!has(member)) {
      return otherwise;
    }
    OptionalLong whole = whole(value(member));
    if (whole.isEmpty()) {
      throw SearchRefusal.parsing("[" + name + "." + member + "] must be a whole number");
    }
    if (whole.getAsLong() < least || whole.getAsLong() > most) {
      throw SearchRefusal.illegal(
          "["
              + member
              + "] must be from "
              + least
              + " to "
              + most
              + " but was ["
              + whole.getAsLong()
              + "]");
    }
    return (int) whole.getAsLong();
  }

  private static OptionalLong whole(@Nullable Object value) {
    return switch (value) {
      case Long whole -> OptionalLong.of(whole);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          OptionalLong.of(number.longValue());
      case String text when text.matches("-?[0-9]{1,15}") -> OptionalLong.of(Long.parseLong(text));
      case null, default -> OptionalLong.empty();
    };
  }

  double number(String member, double otherwise) {
    if (!has(member)) {
      return otherwise;
    }
    if (value(member) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw SearchRefusal.parsing("[" + name + "." + member + "] must be a number");
  }

  /// A weight: a finite number that is not negative.
  float boost() {
    double boost = number("boost", 1);
    if (boost < 0 || boost > Float.MAX_VALUE) {
      throw SearchRefusal.illegal(
          "negative [boost] are not allowed in [" + name + "], use a value between 0 and 1");
    }
    return (float) boost;
  }

  /// Passes over members that change nothing here.
  void ignore(String... ignored) {
    asked.addAll(List.of(ignored));
  }

  /// @throws SearchRefusal if there is a member that nobody asked for
  void end() {
    for (String member : members.keySet()) {
      if (!asked.contains(member)) {
        throw SearchRefusal.parsing("[" + name + "] does not support [" + member + "]");
      }
    }
  }
}
