package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.DriveView;
import cloud.bevy.hyper.drive.Listing;
import java.util.Iterator;

/// The objects of a bucket, to be listed.
///
/// @param view the drive as it was when the listing began, or earlier
record ObjectSource(DriveView view) implements ListPage.Source<StoredObject> {
  @Override
  public Iterator<StoredObject> from(String prefix, ListPosition position) {
    Listing under = Listing.under("/" + prefix);
    Listing listing =
        switch (position) {
          case ListPosition.Start() -> under;
          case ListPosition.AfterKey(String key) -> under.after("/" + key);
          case ListPosition.AfterId(String key, String id) -> under.after("/" + key);
          case ListPosition.AfterPrefix(String group) -> under.past("/" + group);
        };
    Iterator<DriveFile> files = view.list(listing);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return files.hasNext();
      }

      @Override
      public StoredObject next() {
        return BucketCores.object(files.next());
      }
    };
  }

  @Override
  public String key(StoredObject object) {
    return object.key().text();
  }
}
