package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.bee.BeeUpdate;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.BeeWatch;
import java.time.Duration;
import java.util.Optional;

/// The versions of a drive, one after the other as they arrive, in which something in a folder has
/// changed. Of several that arrived meanwhile only the latest is seen. For one task at a time, to
/// be closed in the end.
public final class DriveWatch implements AutoCloseable {
  private final BeeWatch watch;
  private final Blobs blobs;

  DriveWatch(BeeWatch watch, Blobs blobs) {
    this.watch = watch;
    this.blobs = blobs;
  }

  /// Waits for the next version.
  ///
  /// @return nothing where there was none before the deadline
  public Optional<DriveUpdate> next(Duration deadline) throws InterruptedException {
    return watch.next(deadline).map(this::update);
  }

  private DriveUpdate update(BeeUpdate update) {
    return new DriveUpdate(view(update.before()), view(update.after()), update.truncated());
  }

  private EntryView view(BeeView bee) {
    return new EntryView(bee.sub(EntryView.FILES), blobs);
  }

  @Override
  public void close() {
    watch.close();
  }
}
