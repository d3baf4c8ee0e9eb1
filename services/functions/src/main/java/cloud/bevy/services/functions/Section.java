package cloud.bevy.services.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// An object in a manifest, read by key. Says for everything that is wrong where it stands.
///
/// @param place what a person calls it: `bevy.json` or `"tables"."NOTES"`
/// @param members its members
record Section(String place, SequencedMap<String, Object> members) {
  /// Refuses members of any other name, and names the nearest right one.
  Section only(String... known) throws Refusal {
    for (String name : members.keySet()) {
      if (!List.of(known).contains(name)) {
        throw new Refusal(
            place + " has an unknown key \"" + name + "\": " + suggestion(name, known));
      }
    }
    return this;
  }

  Optional<String> text(String key) throws Refusal {
    Object value = members.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new Refusal("\"" + key + "\" in " + place + " must be a string");
  }

  /// The number under `key`, which must be there.
  long number(String key) throws Refusal {
    if (members.get(key) instanceof Number number) {
      return number.longValue();
    }
    throw new Refusal("\"" + key + "\" in " + place + " must be a number");
  }

  /// The number under `key`, which is from `least` to `most`; `byDefault` if there is none.
  int within(String key, int byDefault, int least, int most) throws Refusal {
    Object value = members.getOrDefault(key, (long) byDefault);
    if (value instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    throw new Refusal("\"" + key + "\" in " + place + " is a number from " + least + " to " + most);
  }

  /// Whether `key` says so; `byDefault` if it says nothing.
  boolean flag(String key, boolean byDefault) throws Refusal {
    if (members.getOrDefault(key, byDefault) instanceof Boolean flag) {
      return flag;
    }
    throw new Refusal("\"" + key + "\" in " + place + " must be true or false");
  }

  /// The object under `key`; an empty one if there is none.
  Section section(String key) throws Refusal {
    Object value = members.get(key);
    if (value == null) {
      return new Section(inner(key), new LinkedHashMap<>());
    }
    if (value instanceof Map<?, ?> object) {
      SequencedMap<String, Object> copy = new LinkedHashMap<>();
      object.forEach((name, member) -> copy.put(String.valueOf(name), member));
      return new Section(inner(key), copy);
    }
    throw new Refusal(inner(key) + " must be an object");
  }

  private String inner(String key) {
    return (place.startsWith("\"") ? place + "." : "") + '"' + key + '"';
  }

  private static String suggestion(String name, String... known) {
    String nearest = known[0];
    for (String candidate : known) {
      if (distance(name, candidate) < distance(name, nearest)) {
        nearest = candidate;
      }
    }
    return "did you mean \"" + nearest + "\"? Known are " + String.join(", ", known);
  }

  /// How many letters must be put in, taken out or replaced to get from one name to the other,
  /// whatever their case.
  static int distance(String from, String to) {
    String left = from.toLowerCase(Locale.ROOT);
    String right = to.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
