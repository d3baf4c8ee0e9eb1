package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportOrder;
import cloud.bevy.services.tables.ExportWindow;
import cloud.bevy.services.tables.RecoveryWindow;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TransferOutcome;
import cloud.bevy.services.tables.TransferPlace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Begins to put what a table has, or had, or what has changed in it, into a bucket.
final class ExportTableToPointInTime implements BackupOperation {
  private static final String INCREMENTAL = "INCREMENTAL_EXPORT";
  private static final String WINDOW = "IncrementalExportSpecification";
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExportTableToPointInTimeInput",
          Shape.text("TableArn", new Constraint.NotNull(), new Constraint.Longest(1024)),
          Shape.whole("ExportTime"),
          Shape.text("ClientToken"),
          TransferShapes.BUCKET,
          TransferShapes.OWNER,
          Shape.text("S3Prefix", new Constraint.Longest(1024)),
          Shape.word("S3SseAlgorithm", "AES256", "KMS"),
          Shape.text("S3SseKmsKeyId", new Constraint.Shortest(1), new Constraint.Longest(2048)),
          Shape.word("ExportFormat", "ION", "DYNAMODB_JSON"),
          Shape.word("ExportType", INCREMENTAL, "FULL_EXPORT"),
          Shape.member(
              WINDOW,
              new Shape.Structure(
                  WINDOW,
                  Shape.whole("ExportFromTime"),
                  Shape.whole("ExportToTime"),
                  Shape.word("ExportViewType", "NEW_IMAGE", "NEW_AND_OLD_IMAGES"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    ExportOrder order = order(call.parameters());
    String name = TransferShapes.table(order.arn());
    TableDescription table = call.tables().table(name).description();
    TransferOutcome<Export> outcome =
        call.tables().exports().begin(table, order, () -> check(call, table, order));
    if (outcome instanceof TransferOutcome.Begun<Export>(Export export)) {
      call.json().writeStartObject();
      call.json().writeFieldName("ExportDescription");
      ExportAnswer.describe(call.json(), export);
      call.json().writeEndObject();
    } else {
      throw DynamoRefusal.exportConflict();
    }
  }

  private static ExportOrder order(Parameters parameters) {
    boolean incremental = parameters.text("ExportType", "FULL_EXPORT").equals(INCREMENTAL);
    if (incremental != parameters.has(WINDOW)) {
      throw DynamoRefusal.validation(
          incremental
              ? WINDOW + " must be specified for an export of type " + INCREMENTAL
              : WINDOW + " can only be specified for an export of type " + INCREMENTAL);
    }
    if (incremental && parameters.has("ExportTime")) {
      throw DynamoRefusal.validation(
          "ExportTime can only be specified for an export of type FULL_EXPORT");
    }
    if (parameters.has("S3SseKmsKeyId") && !parameters.text("S3SseAlgorithm", "").equals("KMS")) {
      throw DynamoRefusal.validation(
          "S3SseKmsKeyId can only be specified where S3SseAlgorithm is KMS");
    }
    return new ExportOrder(
        parameters.needed("TableArn"),
        parameters.text("ClientToken", ""),
        new TransferPlace(
            parameters.needed("S3Bucket"),
            parameters.text("S3BucketOwner"),
            parameters.text("S3Prefix")),
        new ExportOrder.Form(
            parameters.text("ExportFormat", "DYNAMODB_JSON"),
            parameters.text("S3SseAlgorithm"),
            parameters.text("S3SseKmsKeyId")),
        BackupShapes.moment(parameters, "ExportTime"),
        incremental ? window(parameters.structure(WINDOW)) : null);
  }

  private static ExportWindow window(Parameters parameters) {
    Instant from = BackupShapes.moment(parameters, "ExportFromTime");
    if (from == null) {
      throw DynamoRefusal.validation(WINDOW + " must have an ExportFromTime");
    }
    boolean old = !parameters.text("ExportViewType", "").equals("NEW_IMAGE");
    return new ExportWindow(from, BackupShapes.moment(parameters, "ExportToTime"), old);
  }

  /// Refuses what reaches further than the table can be restored.
  private static void check(DynamoCall call, TableDescription table, ExportOrder order) {
    RecoveryWindow recoverable =
        call.tables()
            .backups()
            .window(table)
            .orElseThrow(() -> DynamoRefusal.notRecoverable(table.name()));
    check(order.moment(), recoverable);
    ExportWindow window = order.window();
    if (window == null) {
      return;
    }
    Instant to = window.to() == null ? recoverable.latest() : window.to();
    Duration length = Duration.between(window.from(), to);
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw DynamoRefusal.invalidExportTime(
          "Difference between export period start time and end time must be between 15 minutes and"
              + " 24 hours");
    }
    check(window.from(), recoverable);
    check(to, recoverable);
  }

  private static void check(@Nullable Instant moment, RecoveryWindow recoverable) {
    if (moment != null && !recoverable.contains(moment)) {
      throw DynamoRefusal.invalidExportTime(
          "Export Time is invalid: ExportTime must be within the point in time recovery window of"
              + " the table");
    }
  }
}
