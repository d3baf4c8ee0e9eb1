package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.doors.aws.FeedDocument;
import cloud.bevy.services.functions.FeedId;
import cloud.bevy.services.functions.FeedSource;
import cloud.bevy.services.functions.FeedSpec;
import cloud.bevy.services.functions.TableSpec;
import cloud.bevy.services.tables.ChangePage;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.ItemChange;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.StreamView;
import cloud.bevy.services.tables.Streams;
import cloud.bevy.services.tables.TableBusy;
import cloud.bevy.services.tables.TableStream;
import cloud.bevy.services.tables.Tables;
import java.util.List;
import java.util.Optional;

/// What functions are told of is what is in the streams of the cloud's tables.
final class FunctionFeeds implements FeedSource {
  @Override
  public Optional<Beginnings> follow(Cloud cloud, FeedId feed, TableSpec table) {
    try {
      StreamReader stream =
          Tables.of(cloud).streams().follow(table.table(), feed.alarm(), view(table));
      Place first = place(stream, stream.stream().since());
      return Optional.of(
          new Beginnings(first, first.at(stream.oldest()), first.at(stream.newest())));
    } catch (NoSuchTable | TableBusy | InvalidRequest notYet) {
      return Optional.empty();
    }
  }

  @Override
  public void unfollow(Cloud cloud, FeedId feed, String table, Place place) {
    Tables.of(cloud).streams().unfollow(table, place.stream(), feed.alarm());
  }

  @Override
  public Page read(Cloud cloud, TableSpec table, Place from, int most) {
    Streams streams = Tables.of(cloud).streams();
    Optional<StreamReader> found =
        streams
            .find(table.table(), from.stream())
            .filter(reader -> reader.table().incarnation().equals(from.incarnation()));
    if (found.isEmpty()) {
      return new Page.Gone();
    }
    StreamReader stream = found.get();
    stream.settle();
    // In a log of another fork a place may be anywhere: what is told twice is not lost.
    boolean known = stream.fork() == from.fork();
    ChangePage.Read page = stream.all(known ? from.next() : stream.oldest(), most);
    if (page.changes().isEmpty() && page.ended()) {
      return successor(stream)
          .<Page>map(next -> new Page.Read(List.of(), next, true))
          .orElseGet(Page.Ended::new);
    }
    List<Change> changes =
        page.changes().stream().map(change -> change(stream, view(table), change)).toList();
    boolean more = page.ended() || page.next() < stream.newest();
    return new Page.Read(changes, place(stream, page.next()), more);
  }

  /// Where the table's next stream begins, if it was switched on again.
  private static Optional<Place> successor(StreamReader stream) {
    return stream.table().definition().streams().stream()
        .filter(next -> next.created().isAfter(stream.stream().created()))
        .findFirst()
        .map(next -> place(stream, next, next.since()));
  }

  private static Change change(StreamReader stream, StreamView view, ItemChange change) {
    return new Change(
        FeedDocument.sequence(change),
        change.sequence(),
        change.moment(),
        FeedDocument.write(stream, view, change));
  }

  private static Place place(StreamReader stream, long next) {
    return place(stream, stream.stream(), next);
  }

  private static Place place(StreamReader reader, TableStream stream, long next) {
    return new Place(reader.table().incarnation(), stream.label(), reader.fork(), next);
  }

  private static StreamView view(TableSpec table) {
    FeedSpec.View view = table.feed().map(FeedSpec::view).orElse(FeedSpec.View.NEW_AND_OLD_IMAGES);
    return switch (view) {
      case KEYS_ONLY -> StreamView.KEYS_ONLY;
      case NEW_IMAGE -> StreamView.NEW_IMAGE;
      case OLD_IMAGE -> StreamView.OLD_IMAGE;
      case NEW_AND_OLD_IMAGES -> StreamView.NEW_AND_OLD_IMAGES;
    };
  }
}
