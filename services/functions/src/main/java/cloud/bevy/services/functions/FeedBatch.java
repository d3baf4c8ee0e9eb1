package cloud.bevy.services.functions;

import cloud.bevy.services.functions.FeedSource.Change;
import cloud.bevy.services.functions.FeedSource.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Records that a function is told of at once, and where the feed is when it has taken them.
///
/// @param changes one at least
/// @param after the place behind them
record FeedBatch(List<Change> changes, Place after) {
  /// Copies the changes.
  FeedBatch {
    changes = List.copyOf(changes);
  }

  /// What of a page comes before a block, and is to be told of at once.
  static FeedBatch of(FeedSource.Page.Read page, long until) {
    List<Change> within = page.changes().stream().filter(change -> change.block() < until).toList();
    return within.size() == page.changes().size()
        ? new FeedBatch(within, page.next())
        : new FeedBatch(within, page.next().at(until));
  }

  int size() {
    return changes.size();
  }

  Change first() {
    return changes.getFirst();
  }

  /// The place before a record.
  Place before(int index) {
    return after.at(changes.get(index).block());
  }

  /// The records from one on.
  FeedBatch from(int index) {
    return new FeedBatch(changes.subList(index, changes.size()), after);
  }

  /// The first record alone.
  FeedBatch alone() {
    return size() == 1 ? this : new FeedBatch(changes.subList(0, 1), after.at(first().block() + 1));
  }

  /// The first of the records that have these sequence numbers; -1 if one of them is none of these
  /// records.
  int firstOf(List<String> sequences) {
    List<String> known = changes.stream().map(Change::sequence).toList();
    return sequences.stream().mapToInt(known::indexOf).min().orElse(-1);
  }

  /// The records as AWS Lambda tells of them, behind other members.
  ///
  /// @param members at least one
  byte[] json(Map<String, ?> members) {
    byte[] head = Json.bytes(members);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head, 0, head.length - 1);
    out.writeBytes(",\"Records\":[".getBytes(StandardCharsets.UTF_8));
    for (int index = 0; index < changes.size(); index++) {
      if (index > 0) {
        out.write(',');
      }
      out.writeBytes(changes.get(index).json());
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
