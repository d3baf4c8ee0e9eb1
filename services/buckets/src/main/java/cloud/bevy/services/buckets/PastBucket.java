package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.DriveView;
import java.util.Optional;

/// A bucket as it was. All that was known of its objects is still known; the bytes of those that
/// were overwritten or deleted since are kept as long as the bucket's [HistorySpan] says, and those
/// of versions as long as these are there.
public final class PastBucket implements BucketView {
  private final BucketCores cores;
  private final VersionView view;

  PastBucket(BucketCores cores, long version) {
    this.cores = cores;
    this.view = VersionView.at(cores.drive(), version);
  }

  /// The version of the log that is seen.
  public long version() {
    return view.objects().version();
  }

  DriveView objects() {
    return view.objects();
  }

  @Override
  public Optional<KeyVersion> find(ObjectKey key, Optional<String> version) {
    return record(key, version).map(VersionRecord::version);
  }

  private Optional<VersionRecord> record(ObjectKey key, Optional<String> version) {
    return version.isPresent() ? view.find(key, version.get()) : view.latest(key);
  }

  @Override
  public Optional<OpenObject> open(ObjectKey key, Optional<String> version) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      Optional<OpenObject> opened =
          record(key, version).flatMap(record -> OpenObject.held(cores, record));
      if (opened.isEmpty()) {
        cores.use().leave();
      }
      return opened;
    } catch (RuntimeException failure) {
      cores.use().leave();
      throw failure;
    }
  }

  @Override
  public ListPage<StoredObject> list(ListQuery query) {
    return ListPage.read(new ObjectSource(view.objects()), query);
  }

  @Override
  public ListPage<ListedVersion> listVersions(ListQuery query) {
    return VersionListing.read(view, query);
  }
}
