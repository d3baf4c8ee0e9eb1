package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `filter_path`: which parts of an answer are wanted. Paths with commas between them; the names of
/// a path with dots between them, where `*` stands for anything within a name and `**` for any
/// number of names. A path behind a minus is left out, before those are chosen that are wanted.
/// Lists are looked through, and what has nothing left in it goes.
///
/// @param wanted empty for everything
record FilterPath(List<Position> wanted, List<Position> unwanted) {
  private static final int LONGEST = 1_000;
  private static final String ANY_DEPTH = "**";

  /// Stands for what is not there; null is a value.
  private static final Object NOTHING = new Object();

  /// A place on a path.
  ///
  /// @param names all of the path's, no two of them `**` in a row
  /// @param at how many of them were followed
  record Position(List<String> names, int at) {
    /// Adds where one is behind a name.
    private void follow(String name, Set<Position> into) {
      if (at == names.size()) {
        return;
      }
      if (names.get(at).equals(ANY_DEPTH)) {
        into.add(this);
        new Position(names, at + 1).follow(name, into);
      } else if (Place.matches(names.get(at), name)) {
        into.add(new Position(names, at + 1));
      }
    }

    /// Whether all that is here is meant.
    private boolean here() {
      return at == names.size() || (at == names.size() - 1 && names.get(at).equals(ANY_DEPTH));
    }

    /// Quick: a path has few places, but an answer has many names.
    @Override
    public int hashCode() {
      return 31 * names.size() + at;
    }
  }

  static FilterPath of(Parameters parameters) {
    List<Position> wanted = new ArrayList<>();
    List<Position> unwanted = new ArrayList<>();
    if (parameters.text("filter_path").orElse("").length() > LONGEST) {
      throw Refused.illegal("[filter_path] has at most " + LONGEST + " characters");
    }
    for (String each : parameters.names("filter_path")) {
      boolean minus = each.startsWith("-");
      String text = (minus ? each.substring(1) : each).strip();
      if (!text.isEmpty()) {
        (minus ? unwanted : wanted).add(path(text));
      }
    }
    return new FilterPath(List.copyOf(wanted), List.copyOf(unwanted));
  }

  private static Position path(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("\\.", -1)) {
      if (!name.equals(ANY_DEPTH) || names.isEmpty() || !names.getLast().equals(ANY_DEPTH)) {
        names.add(name);
      }
    }
    return new Position(List.copyOf(names), 0);
  }

  /// What is wanted of a tree. Strings and errors are answered whole.
  Answer apply(Answer answer) {
    boolean failure = answer.body() instanceof Map<?, ?> map && map.containsKey("error");
    if (answer.body() instanceof String || failure || (wanted.isEmpty() && unwanted.isEmpty())) {
      return answer;
    }
    Object left = unwanted.isEmpty() ? answer.body() : without(answer.body(), unwanted);
    Object chosen = wanted.isEmpty() || left == NOTHING ? left : only(left, wanted);
    if (chosen == null || chosen == NOTHING) {
      return new Answer(answer.status(), answer.body() instanceof Map ? Map.of() : List.of());
    }
    return new Answer(answer.status(), chosen);
  }

  private static @Nullable Object only(@Nullable Object value, List<Position> paths) {
    if (paths.stream().anyMatch(Position::here)) {
      return value;
    }
    return paths.isEmpty() ? NOTHING : each(value, paths, FilterPath::only, NOTHING);
  }

  private static @Nullable Object without(@Nullable Object value, List<Position> paths) {
    if (paths.stream().anyMatch(Position::here)) {
      return NOTHING;
    }
    return paths.isEmpty() ? value : each(value, paths, FilterPath::without, value);
  }

  @FunctionalInterface
  private interface Choice {
    @Nullable Object of(@Nullable Object value, List<Position> paths);
  }

  /// Chooses among what is in an object or a list.
  ///
  /// @param leaf what is chosen of anything else
  private static @Nullable Object each(
      @Nullable Object value, List<Position> paths, Choice choice, @Nullable Object leaf) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
      map.forEach((key, member) -> {
        String name = String.valueOf(key);
        Set<Position> behind = new LinkedHashSet<>();
        paths.forEach(path -> path.follow(name, behind));
        Object part = choice.of(member, List.copyOf(behind));
        if (part != NOTHING) {
          chosen.put(name, part);
        }
      });
      return chosen.isEmpty() ? NOTHING : chosen;
    }
    if (value instanceof Iterable<?> list) {
      List<@Nullable Object> chosen = new ArrayList<>();
      for (Object element : list) {
        Object part = choice.of(element, paths);
        if (part != NOTHING) {
          chosen.add(part);
        }
      }
      return chosen.isEmpty() ? NOTHING : chosen;
    }
    return leaf;
  }
}
