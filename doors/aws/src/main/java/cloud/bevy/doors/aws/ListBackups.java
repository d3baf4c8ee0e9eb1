package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.BackupPage;
import cloud.bevy.services.tables.BackupQuery;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;

/// Lists backups, also of tables that are no more, in the order in which they were made.
final class ListBackups implements BackupOperation {
  private static final int MOST_BACKUPS = 100;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListBackupsInput",
          TableAnswer.TABLE_NAME,
          Shape.whole("Limit", new Constraint.AtLeast(1), new Constraint.AtMost(MOST_BACKUPS)),
          Shape.whole("TimeRangeLowerBound"),
          Shape.whole("TimeRangeUpperBound"),
          Shape.text(
              "ExclusiveStartBackupArn", new Constraint.Shortest(37), new Constraint.Longest(1024)),
          Shape.word("BackupType", "USER", "SYSTEM", "AWS_BACKUP", "ALL"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    Long limit = parameters.whole("Limit");
    int most = limit == null ? MOST_BACKUPS : limit.intValue();
    BackupQuery query =
        new BackupQuery(
            parameters.has("TableName") ? parameters.tableName() : null,
            kinds(parameters.text("BackupType", "USER")),
            BackupShapes.moment(parameters, "TimeRangeLowerBound"),
            BackupShapes.moment(parameters, "TimeRangeUpperBound"),
            after(parameters));
    BackupPage page = call.tables().backups().list(query, most);
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("BackupSummaries");
    for (Backup backup : page.backups()) {
      json.writeStartObject();
      TableAnswer.writeIdentity(call, backup.table());
      BackupAnswer.writeBackup(call, backup, "AVAILABLE");
      json.writeEndObject();
    }
    json.writeEndArray();
    if (page.more()) {
      json.writeStringField(
          "LastEvaluatedBackupArn", BackupShapes.arn(call, page.backups().getLast()));
    }
    json.writeEndObject();
  }

  private static String after(Parameters parameters) {
    String arn = parameters.text("ExclusiveStartBackupArn", "");
    String id = BackupShapes.id(arn);
    if (id.isEmpty() && !arn.isEmpty()) {
      throw DynamoRefusal.validation("Invalid ExclusiveStartBackupArn: " + arn);
    }
    return id;
  }

  /// No other service makes backups here.
  private static Set<Backup.Kind> kinds(String type) {
    return switch (type) {
      case "ALL" -> Set.of(Backup.Kind.values());
      case "AWS_BACKUP" -> Set.of();
      default -> Set.of(Backup.Kind.valueOf(type));
    };
  }
}
