package cloud.bevy.doors.opensearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /_aliases`: changes which indexes have which aliases, all of it at once.
final class UpdateAliases implements Operation {
  private static final int MOST = 1000;

  @Override
  public Answer run(Call call) {
    List<@Nullable Object> given = Json.list("actions", call.object().get("actions"));
    if (given.isEmpty() || given.size() > MOST) {
      throw Refused.illegal("Validation Failed: 1: there must be 1 to " + MOST + " actions;");
    }
    Aliases aliases = new Aliases(call.place());
    List<Aliases.Action> actions = new ArrayList<>();
    for (Object each : given) {
      Map<String, @Nullable Object> one = Json.map("actions", each);
      String word = one.size() == 1 ? one.keySet().iterator().next() : "";
      Map<String, @Nullable Object> what = Json.map(word, one.get(word));
      switch (word) {
        case "add" -> add(call, what, actions);
        case "remove" -> remove(call, aliases, what, actions);
        default -> throw Refused.illegal("[" + word + "] is no action: there are add and remove");
      }
    }
    aliases.change(actions);
    return Answer.of(Map.of("acknowledged", true));
  }

  private static void add(
      Call call, Map<String, @Nullable Object> what, List<Aliases.Action> actions) {
    boolean writes = Boolean.TRUE.equals(what.get("is_write_index"));
    for (Index index : indexes(call, what)) {
      for (String alias : names(what, "alias", "aliases")) {
        actions.add(new Aliases.Action(index, alias, true, writes));
      }
    }
  }

  private static void remove(
      Call call,
      Aliases aliases,
      Map<String, @Nullable Object> what,
      List<Aliases.Action> actions) {
    for (Index index : indexes(call, what)) {
      for (String alias : names(what, "alias", "aliases")) {
        remove(aliases, index, alias, actions);
      }
    }
  }

  private static List<Index> indexes(Call call, Map<String, @Nullable Object> what) {
    checkMembers(what);
    String indexes = String.join(",", names(what, "index", "indices"));
    return call.place().expand(indexes.isEmpty() ? "-" : indexes, false);
  }

  /// Takes away those aliases of an index whose names fit.
  static void remove(Aliases aliases, Index index, String pattern, List<Aliases.Action> actions) {
    Map<String, Object> found =
        aliases.byIndex(List.of(pattern)).getOrDefault(index.name(), Map.of());
    if (found.isEmpty() && !pattern.contains("*")) {
      throw Refused.of(
          Answer.NOT_FOUND, "aliases_not_found_exception", "aliases [" + pattern + "] missing");
    }
    found.keySet().forEach(alias -> actions.add(new Aliases.Action(index, alias, false, false)));
  }

  /// Refuses what an alias cannot have here.
  static void checkMembers(Map<String, @Nullable Object> what) {
    for (String member : what.keySet()) {
      switch (member) {
        case "index",
            "indices",
            "alias",
            "aliases",
            "is_write_index",
            "must_exist",
            "is_hidden" -> {}
        case "filter", "routing", "index_routing", "search_routing" ->
            throw Refused.illegal("an alias has no [" + member + "] here: it is another name only");
        default -> throw Refused.parsing("[alias] unknown field [" + member + "]");
      }
    }
  }

  private static List<String> names(
      Map<String, @Nullable Object> what, String one, String several) {
    Object value = what.getOrDefault(one, what.get(several));
    return switch (value) {
      case String text -> List.of(text.split(",", -1));
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case null, default ->
          throw Refused.illegal(
              "Validation Failed: 1: One of [" + one + "] or [" + several + "] is required;");
    };
  }
}
