package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.Listing;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;

/// Something in a bucket that needs bytes, for those who look whether these are here.
///
/// @param what for people: an object, an older version, a part of an upload, or what is kept for
///   those who read the bucket as it was
public record Holding(String what, BlobId blob) {
  /// The drive's entries in its bee.
  private static final byte[] FILES = "files".getBytes(StandardCharsets.UTF_8);

  /// The objects that the bucket has now.
  static void objects(Drive drive, Consumer<Holding> each) {
    String last = "";
    try {
      Iterator<DriveFile> files = drive.list(Listing.all());
      while (files.hasNext()) {
        DriveFile file = files.next();
        object(file, each);
        last = file.path();
      }
    } catch (Fault damaged) {
      objectsBehind(drive, last, each);
      throw damaged;
    }
  }

  /// From the end backwards, up to where that is damaged too.
  private static void objectsBehind(Drive drive, String path, Consumer<Holding> each) {
    Range behind = Range.all().gt(path.getBytes(StandardCharsets.UTF_8)).reverse();
    Iterator<BeeEntry> rows = drive.bee().now().sub(FILES).range(behind);
    try {
      while (rows.hasNext()) {
        drive
            .entry(new String(rows.next().key(), StandardCharsets.UTF_8))
            .ifPresent(file -> object(file, each));
      }
    } catch (Fault damaged) {
      // It is said with what is thrown that something could not be listed.
    }
  }

  private static void object(DriveFile file, Consumer<Holding> each) {
    file.entry()
        .blob()
        .ifPresent(blob -> each.accept(new Holding("object " + file.path().substring(1), blob)));
  }

  /// The versions of objects that are not the latest.
  static void versions(Drive drive, Consumer<Holding> each) {
    BeeView bee = drive.bee().now();
    Iterator<BeeEntry> rows = bee.sub(BucketCores.VERSIONS).range(Range.all());
    while (rows.hasNext()) {
      VersionRecord record = VersionRecord.read(rows.next());
      KeyVersion version = record.version();
      String what = "version " + version.version().id() + " of object " + version.key().text();
      record.blob().ifPresent(blob -> each.accept(new Holding(what, blob)));
    }
  }

  /// The parts of uploads under way.
  static void parts(Drive drive, Consumer<Holding> each) {
    BeeView bee = drive.bee().now();
    Iterator<BeeEntry> uploads = bee.sub(BucketCores.UPLOADS).range(Range.all());
    while (uploads.hasNext()) {
      UploadAddress upload = UploadSource.pending(uploads.next()).address();
      Range range = Range.prefix(UploadKeys.parts(upload.id()));
      Iterator<BeeEntry> rows = bee.sub(BucketCores.PARTS).range(range);
      while (rows.hasNext()) {
        StoredPart part = StoredPart.read(rows.next());
        String what =
            "part " + part.number() + " of upload " + upload.id() + " of " + upload.key().text();
        each.accept(new Holding(what, part.record().blob()));
      }
    }
  }

  /// What was overwritten or deleted and is not given back yet.
  static void retired(Drive drive, Consumer<Holding> each) {
    BeeView steps = drive.bee().now().sub(BucketCores.STEPS);
    Iterator<BeeEntry> last = steps.range(Range.all().reverse().limit(1));
    if (!last.hasNext()) {
      return;
    }
    long next = StepRecord.read(last.next()).state().next();
    Iterator<BeeEntry> rows = steps.range(Range.all().gte(StepRecord.key(next)));
    while (rows.hasNext()) {
      BeeEntry row = rows.next();
      String what = "what was overwritten or deleted at version " + StepRecord.first(row);
      StepRecord.read(row)
          .retired()
          .forEach(retired -> each.accept(new Holding(what, retired.blob())));
    }
  }
}
