package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.Carrier;
import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportFile;
import cloud.bevy.services.tables.ExportedItem;
import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.ImportPosition;
import cloud.bevy.services.tables.ImportSource;
import java.util.Iterator;
import java.util.List;

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
}
