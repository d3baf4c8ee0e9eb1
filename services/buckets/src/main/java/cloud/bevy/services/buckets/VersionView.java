package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.DriveView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/// The versions of keys at one moment, to be read. What a key has now is in the drive, where any
/// client of a Hyperdrive finds it; what it had before, and the marks of deletions, are in a
/// sub-bee, the latest first. Where a key has nothing in the drive and something there, the latest
/// of it is a mark.
///
/// @param nulls which of a key's versions in the sub-bee has no id of its own
record VersionView(DriveView objects, BeeView versions, BeeView nulls) {
  /// The durable versions.
  static VersionView now(Drive drive) {
    return at(drive, drive.version());
  }

  /// The versions as they were.
  static VersionView at(Drive drive, long version) {
    DriveView objects = drive.at(version);
    BeeView bee = drive.bee().at(objects.version());
    return new VersionView(objects, bee.sub(BucketCores.VERSIONS), bee.sub(BucketCores.NULLS));
  }

  /// What the turn's changes have come to.
  static VersionView in(BucketBatch batch) {
    return new VersionView(batch.objects(), batch.versions(), batch.nulls());
  }

  /// The object that a key has now.
  Optional<VersionRecord> current(ObjectKey key) {
    return objects.entry(BucketCores.path(key)).map(VersionView::record);
  }

  /// What a key has now, be it a mark.
  Optional<VersionRecord> latest(ObjectKey key) {
    return current(key).or(() -> kept(key));
  }

  /// A version of a key, or what the key has now where none is named; marks are left out.
  Optional<VersionRecord> object(ObjectKey key, Optional<String> id) {
    return (id.isPresent() ? find(key, id.get()) : current(key))
        .filter(record -> record.version() instanceof StoredObject);
  }

  /// A version of a key.
  Optional<VersionRecord> find(ObjectKey key, String id) {
    return current(key).filter(record -> record.has(id)).or(() -> kept(key, id));
  }

  /// The latest version that is not in the drive.
  Optional<VersionRecord> kept(ObjectKey key) {
    Iterator<BeeEntry> rows = versions.range(Range.prefix(VersionKeys.of(key.text())).limit(1));
    return rows.hasNext() ? Optional.of(VersionRecord.read(rows.next())) : Optional.empty();
  }

  /// A version that is not in the drive.
  Optional<VersionRecord> kept(ObjectKey key, String id) {
    OptionalLong sequence =
        id.equals(ObjectVersion.NULL) ? withoutId(key) : ObjectVersion.sequence(id);
    return sequence.isEmpty()
        ? Optional.empty()
        : versions
            .get(VersionKeys.version(key.text(), sequence.getAsLong()))
            .map(VersionRecord::read)
            .filter(record -> record.has(id));
  }

  private OptionalLong withoutId(ObjectKey key) {
    Optional<BeeEntry> entry = nulls.get(key.text().getBytes(StandardCharsets.UTF_8));
    return entry.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(entry.get().value()).getLong());
  }

  /// What a file of the drive is.
  static VersionRecord record(DriveFile file) {
    return new VersionRecord(BucketCores.object(file), file.entry().blob());
  }
}
