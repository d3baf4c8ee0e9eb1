package cloud.bevy.doors.opensearch;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.Search;
import cloud.bevy.services.search.SearchStatus;
import cloud.bevy.services.tables.CreateOutcome;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableStatistics;
import cloud.bevy.services.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a request is carried out: a cloud, and the indexes of its machine.
record Place(World world, Cloud cloud, Indexes indexes) {
  /// The key attribute of tables that are made through this door.
  static final String ID = "_id";

  private static final KeySchema KEYS = new KeySchema(new KeyAttribute(ID, KeyType.S), null);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{2,254}");
  private static final int MOST_INDEXES = 64;

  Search search() {
    return indexes.of(cloud);
  }

  Tables tables() {
    return Tables.of(cloud);
  }

  /// The index of that name.
  Index index(String name) {
    return find(name).or(() -> aliases().single(name, false)).orElseThrow(() -> missing(name));
  }

  /// The bucket of that name, where it has an index and no table has its name. Buckets are searched
  /// here by keys that can get all that is in them: others are refused, as nobody decides upon each
  /// object. Who is here has a key of the cloud's owner for everything.
  Optional<Bucket> bucket(String name) {
    Optional<Bucket> bucket = search().buckets().find(name).filter(any -> !isTable(name));
    if (bucket.isPresent()
        && !Access.readsAll(cloud.account(""), AccessKeyLimits.NONE, bucket.get().access())) {
      throw Refused.of(
          403,
          "security_exception",
          "no permissions for [indices:data/read]: bucket ["
              + name
              + "] is not yours, or has a policy that forbids something");
    }
    return bucket;
  }

  private boolean isTable(String name) {
    try {
      return tables().table(name).description().name().equals(name);
    } catch (NoSuchTable none) {
      return false;
    }
  }

  private Refused missing(String name) {
    return bucket(name).isPresent() ? Refused.bucket(name) : Refused.noIndex(name);
  }

  /// How many documents an index holds; those that are in it already where it is being made and
  /// that takes its time.
  long documents(Index index) {
    SearchStatus status = search().status(index.name());
    boolean large =
        status.building() && index.table().statistics().items() >= TableStatistics.MOST_COUNTED;
    return large ? status.items() : search().refresh(index.name()).items();
  }

  Aliases aliases() {
    return new Aliases(this);
  }

  Optional<Index> find(String name) {
    try {
      return Optional.ofNullable(index(tables().table(name)));
    } catch (NoSuchTable none) {
      return Optional.empty();
    }
  }

  private static @Nullable Index index(Table table) {
    Mapping mapping = Mapping.of(table.description().definition().tags());
    return mapping == null || table.description().restoring() ? null : new Index(table, mapping);
  }

  /// The indexes that an expression names: names with commas between them, stars in them, `_all`.
  ///
  /// @param lenient whether names of no index are passed over
  List<Index> expand(String expression, boolean lenient) {
    List<Index> found = new ArrayList<>();
    for (String part : expression.split(",", -1)) {
      boolean several = part.isEmpty() || part.equals("_all") || part.contains("*");
      if (several) {
        String pattern = part.isEmpty() || part.equals("_all") ? "*" : part;
        search().indexed().stream()
            .filter(name -> matches(pattern, name))
            .flatMap(name -> find(name).stream())
            .forEach(found::add);
        if (!pattern.equals("*")) {
          aliases().matching(pattern).values().stream()
              .flatMap(List::stream)
              .forEach(named -> found.add(named.index()));
        }
      } else {
        Optional<Index> one = find(part);
        List<Index> some =
            one.isPresent()
                ? List.of(one.get())
                : aliases().of(part).stream().map(Aliases.Named::index).toList();
        if (some.isEmpty() && !lenient) {
          throw missing(part);
        }
        found.addAll(some);
      }
      if (found.size() > MOST_INDEXES) {
        throw Refused.illegal("a request is for " + MOST_INDEXES + " indexes at most");
      }
    }
    return found.stream().distinct().toList();
  }

  /// Whether a name is that of a pattern, in which a star stands for anything. It takes time in
  /// proportion to both, whatever the pattern.
  static boolean matches(String pattern, String name) {
    int star = -1;
    int retry = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  /// Makes a table with an index.
  Index create(String name, Mapping mapping) {
    if (!NAME.matcher(name).matches()) {
      throw Refused.badName(
          name, "it has 3 to 255 small letters, digits, and _ - . which are not the first");
    }
    if (bucket(name).isPresent()) {
      throw Refused.bucket(name);
    }
    if (!aliases().of(name).isEmpty()) {
      throw Refused.badName(name, "already exists as alias");
    }
    TableDefinition definition = TableDefinition.of(name, KEYS).withTags(mapping.tags(Map.of()));
    return switch (tables().create(definition)) {
      case CreateOutcome.Created(Table table) -> new Index(table, mapping);
      case CreateOutcome.NameTaken taken -> throw Refused.exists(taken.name());
    };
  }

  /// The index that documents are written to: made where there is nothing of that name.
  Index forWriting(String name) {
    Optional<Index> there = find(name).or(() -> aliases().single(name, true));
    if (there.isPresent()) {
      return there.get();
    }
    try {
      tables().table(name);
    } catch (NoSuchTable none) {
      try {
        return new IndexTemplates(this).create(name, Map.of());
      } catch (Refused raced) {
        return find(name).orElseThrow(() -> raced);
      }
    }
    throw Refused.of(
        404,
        "index_not_found_exception",
        "no such index ["
            + name
            + "]: there is a table of that name without an index: bevy table index gives it one");
  }

  /// How a mapping changes.
  interface Change {
    Mapping of(Mapping before);
  }

  /// Changes the mapping of an index. What has another definition than before is made anew from the
  /// table by whoever asks it next.
  Index remap(Index index, Change change) {
    if (change.of(index.mapping()).equals(index.mapping())) {
      return index;
    }
    Table table =
        tables()
            .update(
                index.name(),
                before -> {
                  Mapping mapping = Mapping.of(before.tags());
                  if (mapping == null) {
                    throw Refused.noIndex(index.name());
                  }
                  return before.withTags(change.of(mapping).tags(before.tags()));
                });
    Index after = index(table);
    if (after == null) {
      throw Refused.noIndex(index.name());
    }
    return after;
  }
}
