package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.store.Ticket;

/// The turn to change a bucket: objects, uploads and parts together.
final class BucketBatch implements AutoCloseable {
  private final DriveBatch drive;
  private final BeeEditor uploads;
  private final BeeEditor parts;
  private final BeeEditor versions;
  private final BeeEditor nulls;
  private final BeeEditor settings;

  BucketBatch(DriveBatch drive) {
    this.drive = drive;
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
    return drive.commit();
  }

  @Override
  public void close() {
    drive.close();
  }
}
