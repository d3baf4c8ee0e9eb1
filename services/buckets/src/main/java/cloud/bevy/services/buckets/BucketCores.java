package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.store.Ticket;
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
  static final byte[] EVENTS = "events".getBytes(StandardCharsets.UTF_8);
  static final byte[] SETTINGS = "settings".getBytes(StandardCharsets.UTF_8);

  private static final String ENCRYPTION = "bucket encryption";

  private final Cloud cloud;
  private final String name;
  private final String incarnation;
  private final Drive drive;
  private final BucketUse use;
  private final BucketSettings settings;
  private final LifecycleAlarm alarm;
  private final EventAlarm events;
  private final SiteHost host;
  private final AtomicLong retirements = new AtomicLong();

  /// From when on retired bytes are to be given back; whoever has the turn may change it. Before it
  /// is known, the bee is looked at.
  private volatile Instant reclaimable = Instant.MIN;

  BucketCores(Cloud cloud, BucketName bucket, String incarnation, BucketUse use) {
    this.cloud = cloud;
    this.settings = new BucketSettings(this);
    this.alarm = new LifecycleAlarm(cloud, bucket);
    this.events = new EventAlarm(cloud, bucket);
    this.host = new SiteHost(cloud, bucket, incarnation);
    this.incarnation = incarnation;
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

  /// Which bucket of this name it is.
  String incarnation() {
    return incarnation;
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

  /// The host name that may lead to the bucket.
  SiteHost host() {
    return host;
  }

  /// The uploads as they are now.
  BeeView uploads() {
    return drive.bee().now().sub(UPLOADS);
  }

  /// The parts as they are now.
  BeeView parts() {
    return drive.bee().now().sub(PARTS);
  }

  /// What functions are still to be told of, as it is now.
  BeeView events() {
    return drive.bee().now().sub(EVENTS);
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
      return new BucketBatch(cloud.world(), batch, this::changing);
    } catch (RuntimeException failure) {
      batch.close();
      throw failure;
    }
  }

  private void changing(BucketBatch batch) {
    alarm.changing(settings.lifecycle(batch), batch.keeps());
    if (batch.eventful()) {
      events.happening();
    }
  }

  /// Waits for the changes of those who have had the bucket's turn before: later ones wake the
  /// cloud again.
  void settle() {
    Ticket ticket;
    try (DriveBatch batch = drive.batch()) {
      ticket = batch.commit();
    }
    cloud.durable(ticket);
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
