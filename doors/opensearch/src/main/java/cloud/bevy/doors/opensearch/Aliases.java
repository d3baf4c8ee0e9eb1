package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.Alias;
import cloud.bevy.services.search.SearchNames;
import cloud.bevy.services.tables.NoSuchTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The aliases of a cloud, of those tables that are there.
final class Aliases {
  private static final int LONGEST_NAME = 255;
  private static final int BAD_REQUEST = 400;

  private final Place place;
  private final SearchNames names;
  private final Map<String, List<Named>> known = new LinkedHashMap<>();

  Aliases(Place place) {
    this.place = place;
    names = place.search().names();
  }

  /// An index under an alias.
  ///
  /// @param writes whether it is said that writes go there
  record Named(Index index, boolean writes) {
    Map<String, Object> tree() {
      return writes ? Map.of("is_write_index", true) : Map.of();
    }
  }

  /// The indexes of an alias; none where there is no such alias.
  List<Named> of(String name) {
    return names.alias(name).map(this::present).orElse(List.of());
  }

  private List<Named> present(Alias alias) {
    List<Named> present = new ArrayList<>();
    for (Alias.Member member : alias.members()) {
      place
          .find(member.table())
          .filter(index -> isMeant(index, member))
          .ifPresent(index -> present.add(new Named(index, member.writes())));
    }
    return present;
  }

  private static boolean isMeant(Index index, Alias.Member member) {
    return index.table().description().incarnation().equals(member.incarnation());
  }

  /// All aliases with their indexes, as they were when this was asked first.
  private Map<String, List<Named>> all() {
    if (known.isEmpty()) {
      for (Alias alias : names.aliases()) {
        List<Named> present = present(alias);
        if (!present.isEmpty()) {
          known.put(alias.name(), present);
        }
      }
    }
    return known;
  }

  /// The aliases whose names fit a pattern, with their indexes.
  Map<String, List<Named>> matching(String pattern) {
    Map<String, List<Named>> found = new LinkedHashMap<>(all());
    found.keySet().removeIf(name -> !Place.matches(pattern, name));
    return found;
  }

  /// By index, the aliases whose names fit one of some patterns.
  Map<String, Map<String, Object>> byIndex(List<String> patterns) {
    Map<String, Map<String, Object>> byIndex = new LinkedHashMap<>();
    for (String pattern : patterns) {
      matching(pattern.equals("_all") ? "*" : pattern)
          .forEach((alias, indexes) ->
              indexes.forEach(named ->
                  byIndex
                      .computeIfAbsent(named.index().name(), _ -> new LinkedHashMap<>())
                      .put(alias, named.tree())));
    }
    return byIndex;
  }

  /// The one index that documents are written to or read from.
  ///
  /// @param writes whether they are written
  Optional<Index> single(String name, boolean writes) {
    List<Named> all = of(name);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (all.size() == 1) {
      return Optional.of(all.getFirst().index());
    }
    List<Index> writing = all.stream().filter(Named::writes).map(Named::index).toList();
    if (writes && writing.size() == 1) {
      return Optional.of(writing.getFirst());
    }
    List<String> several = all.stream().map(named -> named.index().name()).toList();
    throw Refused.illegal(
        writes
            ? "no write index is defined for alias ["
                + name
                + "]. The write index may be explicitly disabled using is_write_index=false or the"
                + " alias points to multiple indices without one being designated as a write index"
            : "alias ["
                + name
                + "] has more than one index associated with it "
                + several
                + ", can't execute a single index op");
  }

  /// A change of aliases.
  ///
  /// @param adds whether the index gets the alias, or loses it
  record Action(Index index, String alias, boolean adds, boolean writes) {}

  /// Carries out changes, all of them or none.
  ///
  /// @param actions in order
  void change(List<Action> actions) {
    actions.stream().filter(Action::adds).forEach(action -> checkName(action.alias()));
    names.change(before -> {
      for (Action action : actions) {
        apply(before, action);
      }
      return before;
    });
  }

  private static void apply(Map<String, Alias> aliases, Action action) {
    String incarnation = action.index().table().description().incarnation();
    Alias before = aliases.getOrDefault(action.alias(), new Alias(action.alias(), List.of()));
    List<Alias.Member> members = new ArrayList<>(before.members());
    members.removeIf(member -> member.incarnation().equals(incarnation));
    if (action.adds()) {
      boolean second = action.writes() && members.stream().anyMatch(Alias.Member::writes);
      if (second) {
        throw Refused.illegal("alias [" + action.alias() + "] has more than one write index");
      }
      members.add(new Alias.Member(action.index().name(), incarnation, action.writes()));
    }
    aliases.put(action.alias(), new Alias(action.alias(), members));
  }

  /// Refuses what cannot be the name of an alias.
  private void checkName(String name) {
    boolean odd =
        name.isEmpty()
            || name.length() > LONGEST_NAME
            || name.startsWith("_")
            || name.startsWith("-")
            || name.startsWith("+")
            || name.chars().anyMatch(c -> c <= ' ' || "\\/*?\"<>|,#:".indexOf(c) >= 0);
    if (odd) {
      throw Refused.of(
          BAD_REQUEST,
          "invalid_alias_name_exception",
          "Invalid alias name [" + name + "]: it must not contain spaces or any of \\/*?\"<>|,#:");
    }
    try {
      place.tables().table(name);
    } catch (NoSuchTable free) {
      return;
    }
    throw Refused.of(
        BAD_REQUEST,
        "invalid_alias_name_exception",
        "Invalid alias name ["
            + name
            + "]: an index or data stream exists with the same name as the alias");
  }
}
