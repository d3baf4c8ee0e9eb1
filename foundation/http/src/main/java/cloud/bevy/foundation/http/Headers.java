package cloud.bevy.foundation.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields in the order they were sent or added. Names are found whatever their case and kept
/// as they were given. A character stands for one byte (ISO 8859-1). Not safe for use by several
/// tasks.
public final class Headers {
  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  /// What [#names] has said, until the next change.
  private @Nullable List<String> lowerCase;

  /// No fields yet.
  public Headers() {}

  /// The first value of a header.
  public Optional<String> first(String name) {
    int at = indexOf(name, 0);
    return at < 0 ? Optional.empty() : Optional.of(values.get(at));
  }

  /// All values of a header, in order; empty if it is not there.
  public List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 1)) {
      found.add(values.get(at));
    }
    return found;
  }

  /// Whether a header is there.
  public boolean has(String name) {
    return indexOf(name, 0) >= 0;
  }

  /// The names in the order of their first appearance, each once, in lower case.
  public List<String> names() {
    List<String> known = lowerCase;
    if (known == null) {
      LinkedHashSet<String> seen = new LinkedHashSet<>();
      for (String name : names) {
        seen.add(name.toLowerCase(Locale.ROOT));
      }
      known = List.copyOf(seen);
      lowerCase = known;
    }
    return known;
  }

  /// How many fields there are.
  public int size() {
    return names.size();
  }

  /// Calls `visitor` with each field, in order.
  public void forEach(BiConsumer<String, String> visitor) {
    for (int at = 0; at < names.size(); at++) {
      visitor.accept(names.get(at), values.get(at));
    }
  }

  /// Adds a field at the end.
  ///
  /// @throws IllegalArgumentException if the name is not a token, or the value holds a line break,
  ///   another control character but the tab, or a character beyond ISO 8859-1
  public Headers add(String name, String value) {
    checkName(name);
    checkValue(name, value);
    names.add(name);
    values.add(value);
    lowerCase = null;
    return this;
  }

  /// Replaces all fields of that name by one at the end.
  ///
  /// @throws IllegalArgumentException as [#add]
  public Headers set(String name, String value) {
    int before = names.size();
    add(name, value);
    for (int at = indexOf(name, 0); at < before; at = indexOf(name, at)) {
      removeAt(at);
      before--;
    }
    return this;
  }

  /// Removes all fields of that name.
  public Headers remove(String name) {
    for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at)) {
      removeAt(at);
    }
    return this;
  }

  private void removeAt(int at) {
    names.remove(at);
    values.remove(at);
    lowerCase = null;
  }

  /// The names alone: values are where secrets travel.
  @Override
  public String toString() {
    return names.toString();
  }

  private int indexOf(String name, int from) {
    for (int at = from; at < names.size(); at++) {
      if (names.get(at).equalsIgnoreCase(name)) {
        return at;
      }
    }
    return -1;
  }

  private static void checkName(String name) {
    boolean good = !name.isEmpty();
    for (int at = 0; at < name.length() && good; at++) {
      good = isTokenCharacter(name.charAt(at));
    }
    if (!good) {
      throw new IllegalArgumentException("a header's name must be a token, not \"" + name + '"');
    }
  }

  private static void checkValue(String name, String value) {
    for (int at = 0; at < value.length(); at++) {
      char character = value.charAt(at);
      if ((character < ' ' && character != '\t') || character == 0x7F || character > 0xFF) {
        throw new IllegalArgumentException(
            "header " + name + " may not hold character " + (int) character);
      }
    }
  }

  /// RFC 9110, section 5.6.2.
  static boolean isTokenCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(character) >= 0;
  }
}
