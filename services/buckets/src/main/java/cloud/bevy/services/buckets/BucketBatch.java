package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.store.Ticket;

/// The turn to change a bucket: objects, uploads and parts together.
final class BucketBatch implements AutoCloseable {
  private final DriveBatch drive;
  private final BeeEditor uploads;
  private final BeeEditor parts;

  BucketBatch(DriveBatch drive, byte[] uploads, byte[] parts) {
    this.drive = drive;
    this.uploads = drive.sub(uploads);
    this.parts = drive.sub(parts);
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

  Ticket commit() {
    return drive.commit();
  }

  @Override
  public void close() {
    drive.close();
  }
}
