package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.util.Iterator;

/// The multipart uploads of a bucket, to be listed.
///
/// @param uploads the uploads as they were when the listing began
record UploadSource(BeeView uploads) implements ListPage.Source<PendingUpload> {
  @Override
  public Iterator<PendingUpload> from(String prefix, ListPosition position) {
    Range all = Range.prefix(UploadKeys.uploadsUnder(prefix));
    Range range =
        switch (position) {
          case ListPosition.Start() -> all;
          case ListPosition.AfterKey(String key) ->
              all.intersect(Range.past(UploadKeys.uploadsOf(key)));
          case ListPosition.AfterId(String key, String id) ->
              all.intersect(Range.all().gt(UploadKeys.upload(key, id)));
          case ListPosition.AfterPrefix(String group) ->
              all.intersect(Range.past(UploadKeys.uploadsUnder(group)));
        };
    BeeCursor cursor = uploads.range(range);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public PendingUpload next() {
        return pending(cursor.next());
      }
    };
  }

  @Override
  public String key(PendingUpload upload) {
    return upload.address().key().text();
  }

  @Override
  public ListPosition after(PendingUpload upload) {
    return new ListPosition.AfterId(key(upload), upload.address().id());
  }

  static PendingUpload pending(BeeEntry entry) {
    UploadRecord record = UploadRecord.read(entry.value());
    ObjectKey key = new ObjectKey(UploadKeys.objectKey(entry.key()));
    return new PendingUpload(
        new UploadAddress(key, UploadKeys.id(entry.key())),
        record.initiated(),
        record.attributes(),
        record.checksum());
  }
}
