package cloud.bevy.services.buckets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A page of a listing: entries, and the groups that stand for the entries in them.
///
/// @param groups common prefixes, in order
/// @param next where the next page begins; nothing where this is the last
public record ListPage<T>(List<T> entries, List<String> groups, Optional<ListPosition> next) {
  /// Copies the lists.
  public ListPage {
    entries = List.copyOf(entries);
    groups = List.copyOf(groups);
  }

  /// What is listed, in the order of its keys.
  interface Source<T> {
    /// The entries whose keys begin with `prefix`, from `position` on.
    Iterator<T> from(String prefix, ListPosition position);

    /// The key of an entry.
    String key(T entry);

    /// Where to go on after an entry.
    default ListPosition after(T entry) {
      return new ListPosition.AfterKey(key(entry));
    }
  }

  /// Goes through what is listed until the page is full. A group costs one seek, however many keys
  /// are in it.
  static <T> ListPage<T> read(Source<T> source, ListQuery query) {
    List<T> entries = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    ListPosition position = query.position();
    if (query.limit() == 0) {
      return new ListPage<>(entries, groups, Optional.empty());
    }
    Iterator<T> cursor = source.from(query.prefix(), position);
    while (cursor.hasNext()) {
      if (entries.size() + groups.size() == query.limit()) {
        return new ListPage<>(entries, groups, Optional.of(position));
      }
      T entry = cursor.next();
      Optional<String> group = query.group(source.key(entry));
      if (group.isPresent()) {
        groups.add(group.get());
        position = new ListPosition.AfterPrefix(group.get());
        cursor = source.from(query.prefix(), position);
      } else {
        entries.add(entry);
        position = source.after(entry);
      }
    }
    return new ListPage<>(entries, groups, Optional.empty());
  }
}
