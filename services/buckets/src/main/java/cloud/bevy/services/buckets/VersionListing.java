package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// All versions of a bucket's keys as they were when the listing began: in the order of the keys'
/// bytes, the latest version of each first.
final class VersionListing implements ListPage.Source<ListedVersion> {
  private final VersionView view;
  private final ListPage.Source<StoredObject> objects;

  /// @param objects what the keys have now, of the same moment
  VersionListing(VersionView view, ListPage.Source<StoredObject> objects) {
    this.view = view;
    this.objects = objects;
  }

  /// A page of the versions at one moment.
  static ListPage<ListedVersion> read(VersionView view, ListQuery query) {
    return ListPage.read(new VersionListing(view, new ObjectSource(view.objects())), query);
  }

  @Override
  public Iterator<ListedVersion> from(String prefix, ListPosition position) {
    return switch (position) {
      case ListPosition.AfterId(String key, String id) -> within(prefix, key, id);
      default -> new Merged(objects.from(prefix, position), kept(prefix, position), "");
    };
  }

  @Override
  public String key(ListedVersion listed) {
    return listed.version().key().text();
  }

  @Override
  public ListPosition after(ListedVersion listed) {
    return new ListPosition.AfterId(key(listed), listed.version().version().id());
  }

  /// From one of a key's versions on. One that was deleted meanwhile still has its place, as its id
  /// tells it; where it does not, the listing goes on with the next key.
  private Iterator<ListedVersion> within(String prefix, String key, String id) {
    ListPosition next = new ListPosition.AfterKey(key);
    Optional<VersionRecord> at = ObjectKey.of(key).flatMap(it -> view.find(it, id));
    OptionalLong sequence =
        at.isPresent()
            ? OptionalLong.of(at.get().version().version().sequence())
            : ObjectVersion.sequence(id);
    if (sequence.isEmpty()) {
      return from(prefix, next);
    }
    byte[] place = VersionKeys.version(key, sequence.getAsLong());
    boolean current = at.isPresent() && view.current(at.get().version().key()).equals(at);
    Range behind = current ? Range.all().gte(VersionKeys.of(key)) : Range.all().gt(place);
    Range kept = Range.prefix(VersionKeys.under(prefix)).intersect(behind);
    Optional<StoredObject> broughtBack = older(key, sequence.getAsLong());
    Iterator<StoredObject> rest = objects.from(prefix, next);
    return new Merged(
        broughtBack.isEmpty() ? rest : Stream.concat(broughtBack.stream(), stream(rest)).iterator(),
        view.versions().range(kept),
        broughtBack.isEmpty() ? key : "");
  }

  /// What a key has now, where that is older than a version that was deleted.
  private Optional<StoredObject> older(String key, long sequence) {
    return ObjectKey.of(key)
        .flatMap(view::current)
        .map(VersionRecord::version)
        .filter(current -> current.version().sequence() < sequence)
        .map(StoredObject.class::cast);
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, 0), false);
  }

  private BeeCursor kept(String prefix, ListPosition position) {
    Range all = Range.prefix(VersionKeys.under(prefix));
    return view.versions()
        .range(
            switch (position) {
              case ListPosition.Start() -> all;
              case ListPosition.AfterKey(String key) ->
                  all.intersect(Range.past(VersionKeys.of(key)));
              case ListPosition.AfterId(String key, String id) ->
                  all.intersect(Range.past(VersionKeys.of(key)));
              case ListPosition.AfterPrefix(String group) ->
                  all.intersect(Range.past(VersionKeys.under(group)));
            });
  }

  /// What keys have now and what they had before, merged.
  private static final class Merged implements Iterator<ListedVersion> {
    private final Iterator<StoredObject> objects;
    private final Iterator<BeeEntry> kept;
    private Optional<StoredObject> object = Optional.empty();
    private Optional<VersionRecord> older = Optional.empty();

    /// The key whose latest version was seen.
    private String seen;

    Merged(Iterator<StoredObject> objects, Iterator<BeeEntry> kept, String seen) {
      this.objects = objects;
      this.kept = kept;
      this.seen = seen;
      nextObject();
      nextKept();
    }

    @Override
    public boolean hasNext() {
      return object.isPresent() || older.isPresent();
    }

    @Override
    public ListedVersion next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      KeyVersion version;
      if (older.isEmpty() || (object.isPresent() && objectIsFirst())) {
        version = object.orElseThrow();
        nextObject();
      } else {
        version = older.orElseThrow().version();
        nextKept();
      }
      boolean latest = !version.key().text().equals(seen);
      seen = version.key().text();
      return new ListedVersion(version, latest);
    }

    private boolean objectIsFirst() {
      byte[] mine = bytes(object.orElseThrow().key());
      return Arrays.compareUnsigned(mine, bytes(older.orElseThrow().version().key())) <= 0;
    }

    private void nextObject() {
      object = objects.hasNext() ? Optional.of(objects.next()) : Optional.empty();
    }

    private void nextKept() {
      older = kept.hasNext() ? Optional.of(VersionRecord.read(kept.next())) : Optional.empty();
    }

    private static byte[] bytes(ObjectKey key) {
      return key.text().getBytes(StandardCharsets.UTF_8);
    }
  }
}
