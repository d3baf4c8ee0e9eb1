package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// Which buckets a cloud has, in a bee: their records by name, and the incarnations of those that
/// were deleted and whose cores are still to be dropped.
///
/// @param bee the catalogue's own
record BucketCatalogue(Bee bee) {
  private static final byte[] NAMES = bytes("names");
  private static final byte[] DOOMED = bytes("doomed");
  private static final byte[] SETTINGS = bytes("settings");
  private static final byte[] QUOTA = bytes("quota");

  BeeBatch batch() {
    return bee.batch();
  }

  Optional<BucketRecord> find(BucketName name) {
    return find(bee.now(), name);
  }

  static Optional<BucketRecord> find(BeeView view, BucketName name) {
    return view.sub(NAMES).get(bytes(name.text())).map(entry -> BucketRecord.read(entry.value()));
  }

  static void put(BeeBatch batch, BucketName name, BucketRecord record) {
    batch.sub(NAMES).put(bytes(name.text()), record.write());
  }

  /// Takes a bucket out and remembers that its cores are to be dropped.
  static void doom(BeeBatch batch, BucketName name, BucketRecord record) {
    batch.sub(NAMES).delete(bytes(name.text()));
    doom(batch, record.incarnation());
  }

  /// Remembers that cores are to be dropped.
  static void doom(BeeBatch batch, String incarnation) {
    batch.sub(DOOMED).put(bytes(incarnation), new byte[0]);
  }

  /// The cores were dropped, or are not to be.
  static void forget(BeeBatch batch, String incarnation) {
    batch.sub(DOOMED).delete(bytes(incarnation));
  }

  /// How many bytes all buckets together may hold.
  OptionalLong quota() {
    Optional<BeeEntry> entry = bee.now().sub(SETTINGS).get(QUOTA);
    return entry.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text(entry.get().value())));
  }

  static void setQuota(BeeBatch batch, OptionalLong bytes) {
    if (bytes.isPresent()) {
      batch.sub(SETTINGS).put(QUOTA, bytes(Long.toString(bytes.getAsLong())));
    } else {
      batch.sub(SETTINGS).delete(QUOTA);
    }
  }

  /// The incarnations whose cores are still to be dropped.
  List<String> doomed() {
    List<String> incarnations = new ArrayList<>();
    bee.now()
        .sub(DOOMED)
        .range(Range.all())
        .forEachRemaining(entry -> incarnations.add(text(entry.key())));
    return incarnations;
  }

  /// The buckets, to be listed.
  ///
  /// @param which those that are shown
  ListPage.Source<BucketSummary> names(Predicate<BucketSummary> which) {
    BeeView view = bee.now().sub(NAMES);
    return new ListPage.Source<>() {
      @Override
      public Iterator<BucketSummary> from(String prefix, ListPosition position) {
        BeeCursor cursor = view.range(range(prefix, position));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, 0), false)
            .map(BucketCatalogue::summary)
            .filter(which)
            .iterator();
      }

      @Override
      public String key(BucketSummary bucket) {
        return bucket.name().text();
      }
    };
  }

  private static Range range(String prefix, ListPosition position) {
    Range all = Range.prefix(bytes(prefix));
    return switch (position) {
      case ListPosition.Start() -> all;
      case ListPosition.AfterKey(String key) -> all.intersect(Range.all().gt(bytes(key)));
      case ListPosition.AfterId(String key, String id) -> all.intersect(Range.all().gt(bytes(key)));
      case ListPosition.AfterPrefix(String group) -> all.intersect(Range.past(bytes(group)));
    };
  }

  private static BucketSummary summary(BeeEntry entry) {
    BucketRecord record = BucketRecord.read(entry.value());
    BucketName name = new BucketName(text(entry.key()));
    return record.summary(name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
