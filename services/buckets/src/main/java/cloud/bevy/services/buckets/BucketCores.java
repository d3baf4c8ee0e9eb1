package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.DriveFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Where a bucket lives: a drive, whose entries are the objects, and whose bee also holds the
/// multipart uploads in sub-bees of their own, so that completing one is a single batch.
final class BucketCores {
  static final byte[] UPLOADS = "uploads".getBytes(StandardCharsets.UTF_8);
  static final byte[] PARTS = "parts".getBytes(StandardCharsets.UTF_8);
  static final byte[] VERSIONS = "versions".getBytes(StandardCharsets.UTF_8);
  static final byte[] NULLS = "nulls".getBytes(StandardCharsets.UTF_8);
  static final byte[] USAGE = "usage".getBytes(StandardCharsets.UTF_8);
  static final byte[] STEPS = "steps".getBytes(StandardCharsets.UTF_8);
  static final byte[] SETTINGS = "settings".getBytes(StandardCharsets.UTF_8);

  private static final String ENCRYPTION = "bucket encryption";

  private final Cloud cloud;
  private final String name;
  private final Drive drive;
  private final BucketUse use;
  private final BucketSettings settings;
  private final LifecycleAlarm alarm;
  private final AtomicLong retirements = new AtomicLong();

  /// From when on retired bytes are to be given back; whoever has the turn may change it. Before it
  /// is known, the bee is looked at.
  private volatile Instant reclaimable = Instant.MIN;

  BucketCores(Cloud cloud, BucketName bucket, String incarnation, BucketUse use) {
    this.cloud = cloud;
    this.settings = new BucketSettings(this);
    this.alarm = new LifecycleAlarm(cloud, bucket);
    this.name = driveName(incarnation);
    this.drive = cloud.drive(name);
    this.use = use;
  }

  /// The name of a bucket's drive.
  static String driveName(String incarnation) {
    return "bucket/" + incarnation;
  }

  Cloud cloud() {
    return cloud;
  }

  Drive drive() {
    return drive;
  }

  /// Lets those who know the drive's key read it.
  byte[] share() {
    return cloud.shareDrive(name);
  }

  BucketUse use() {
    return use;
  }

  /// What the bucket is set to.
  BucketSettings settings() {
    return settings;
  }

  /// The uploads as they are now.
  BeeView uploads() {
    return drive.bee().now().sub(UPLOADS);
  }

  /// The parts as they are now.
  BeeView parts() {
    return drive.bee().now().sub(PARTS);
  }

  /// What encrypts an object's bytes, if anything does.
  ///
  /// @param key that came along; it must fit
  Optional<ObjectCipher> cipher(ObjectAttributes attributes, Optional<CustomerKey> key) {
    return attributes.encryption().map(how -> how.cipher(cloud.secret(ENCRYPTION), key));
  }

  /// Takes the turn to change the bucket.
  BucketBatch batch() {
    DriveBatch batch = drive.batch();
    try {
      return new BucketBatch(
          cloud.world(),
          batch,
          changing -> alarm.changing(settings.lifecycle(changing), changing.keeps()));
    } catch (RuntimeException failure) {
      batch.close();
      throw failure;
    }
  }

  /// The path of an object's entry.
  static String path(ObjectKey key) {
    return "/" + key.text();
  }

  /// The object of an entry.
  static StoredObject object(DriveFile file) {
    ObjectKey key = new ObjectKey(file.path().substring(1));
    return ObjectRecord.read(key, file.sequence(), file.entry().metadata().orElse(""));
  }

  /// From when on there are retired bytes to be given back.
  Instant reclaimable() {
    return reclaimable;
  }

  /// Remembers from when on.
  void reclaimable(Instant when) {
    reclaimable = when;
  }

  /// Gives the space of a blob back that no entry has any more, durably.
  void retire(Optional<BlobId> blob) {
    retirements.incrementAndGet();
    blob.ifPresent(drive::clear);
  }

  /// Changes whenever a blob was retired.
  long retirements() {
    return retirements.get();
  }
}
