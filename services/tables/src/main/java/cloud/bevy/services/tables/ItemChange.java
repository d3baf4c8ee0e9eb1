package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change of an item as a stream tells of it. At least one of the images is there, and they are
/// not the same.
///
/// @param sequence its place in the stream: later changes have larger ones
/// @param moment when it was made
/// @param expired whether the item was deleted because it had expired
/// @param keys the attributes of the item's key
/// @param before what the item was; null if there was none
/// @param after what it has become; null if it was deleted
public record ItemChange(
    long sequence,
    Instant moment,
    boolean expired,
    Item keys,
    @Nullable StoredItem before,
    @Nullable StoredItem after) {
  /// What a record of a view shows as the item before; null for nothing.
  public @Nullable StoredItem oldImage(StreamView view) {
    return view.showsOld() ? before : null;
  }

  /// What a record of a view shows as the item after; null for nothing.
  public @Nullable StoredItem newImage(StreamView view) {
    return view.showsNew() ? after : null;
  }

  /// The bytes of a record of a view: of the key and the images it shows.
  public long size(StreamView view) {
    return (long) keys.size() + size(oldImage(view)) + size(newImage(view));
  }

  private static long size(@Nullable StoredItem image) {
    return image == null ? 0 : image.item().size();
  }
}
