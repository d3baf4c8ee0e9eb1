package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.AccessRequest;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.tables.Carrier;
import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportFile;
import cloud.bevy.services.tables.ExportedItem;
import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.ImportPosition;
import cloud.bevy.services.tables.ImportSource;
import cloud.bevy.services.tables.TransferFailure;
import cloud.bevy.services.tables.TransferPlace;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries items between tables and buckets, in the forms of DynamoDB's exports and imports. It
/// does so as the cloud that both belong to: nobody else can ask for it, and what a bucket's policy
/// forbids its owner it forbids this too.
///
/// @param fileBytes how large a file of an export becomes at least, not compressed, if there is
///   more
public record TableCarrier(long fileBytes) implements Carrier {
  private static final long USUAL_BYTES = 64L << 20;

  /// With files of a usual size.
  public TableCarrier() {
    this(USUAL_BYTES);
  }

  @Override
  public void begin(Cloud cloud, Export export) {
    new ExportBucket(cloud, export).begin();
  }

  @Override
  public ExportFile store(Cloud cloud, Export export, int number, Iterator<ExportedItem> items) {
    ExportLines lines = new ExportLines(items, ExportForms.of(export), fileBytes);
    return new ExportBucket(cloud, export).store(ExportNames.file(export, number), lines);
  }

  @Override
  public void conclude(Cloud cloud, Export export, List<ExportFile> files) {
    ExportBucket bucket = new ExportBucket(cloud, export);
    bucket.manifest(ExportNames.FILES, ExportManifest.files(files));
    bucket.manifest(ExportNames.SUMMARY, ExportManifest.summary(export));
  }

  @Override
  public ImportSource open(Cloud cloud, Import task, ImportPosition from) {
    return new ImportFiles(cloud, task, from);
  }

  /// The bucket of a place.
  ///
  /// @throws TransferFailure if it is not there, or not whose it is said to be
  static Bucket bucket(Cloud cloud, TransferPlace place) {
    Bucket bucket =
        BucketName.of(place.bucket())
            .flatMap(Buckets.in(cloud)::find)
            .orElseThrow(TableCarrier::noSuchBucket);
    String owner = place.owner();
    if (owner != null && !owner.equals(DynamoCall.Origin.ACCOUNT)) {
      throw accessDenied();
    }
    return bucket;
  }

  /// Checks that something may be done in a bucket.
  ///
  /// @param action as policies call it
  /// @param key the object it is about, or what the names of those begin with that are to be listed
  /// @param object whose the object is, where it is there
  /// @throws TransferFailure if it may not be done
  static void check(
      Cloud cloud, Bucket bucket, String action, String key, Optional<ObjectAccess> object) {
    boolean listing = action.equals("s3:ListBucket");
    AccessRequest request =
        new AccessRequest(
            Optional.of(cloud.account("")),
            AccessKeyLimits.NONE,
            action,
            bucket.name().text(),
            listing ? Optional.empty() : Optional.of(key),
            listing ? Optional.of(key) : Optional.empty(),
            listing ? Map.of("s3:prefix", List.of(key)) : Map.of());
    if (Access.decide(request, bucket.access(), object) != Access.Decision.ALLOWED) {
      throw accessDenied();
    }
  }

  static TransferFailure noSuchBucket() {
    return new TransferFailure("S3NoSuchBucket", "The specified bucket does not exist");
  }

  private static TransferFailure accessDenied() {
    return new TransferFailure("S3AccessDenied", "Access Denied");
  }
}
