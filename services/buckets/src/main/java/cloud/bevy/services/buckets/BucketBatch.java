package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.store.Ticket;
import java.util.function.Consumer;

/// The turn to change a bucket: objects, uploads and parts together.
final class BucketBatch implements AutoCloseable {
  private final DriveBatch drive;
  private final Consumer<BucketBatch> before;
  private final BeeEditor uploads;
  private final BeeEditor parts;
  private final BeeEditor versions;
  private final BeeEditor nulls;
  private final BeeEditor settings;

  /// @param before run when the changes are made, before they are committed
  BucketBatch(DriveBatch drive, Consumer<BucketBatch> before) {
    this.drive = drive;
    this.before = before;
    this.uploads = drive.sub(BucketCores.UPLOADS);
    this.parts = drive.sub(BucketCores.PARTS);
    this.versions = drive.sub(BucketCores.VERSIONS);
    this.nulls = drive.sub(BucketCores.NULLS);
    this.settings = drive.sub(BucketCores.SETTINGS);
  }

  DriveBatch objects() {
    return drive;
  }

  BeeEditor uploads() {
    return uploads;
  }

  BeeEditor parts() {
    return parts;
  }

  /// The versions of keys beside those in the drive.
  BeeEditor versions() {
    return versions;
  }

  /// Which of them has no id of its own, by the objects' keys.
  BeeEditor nulls() {
    return nulls;
  }

  BeeEditor settings() {
    return settings;
  }

  Ticket commit() {
    before.accept(this);
    return drive.commit();
  }

  @Override
  public void close() {
    drive.close();
  }
}
