package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.RecoveryWindow;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableDescription;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes a table that has what another had at the beginning of a second.
final class RestoreTableToPointInTime implements BackupOperation {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "RestoreTableToPointInTimeInput",
          Shape.text("SourceTableArn", new Constraint.Shortest(1), new Constraint.Longest(1024)),
          Shape.text(
              "SourceTableName",
              new Constraint.Shortest(3),
              new Constraint.Longest(ItemShapes.LONGEST_NAME),
              new Constraint.Matches(ItemShapes.NAME_PATTERN)),
          RestoreOverrides.TARGET,
          Shape.flag("UseLatestRestorableTime"),
          Shape.whole("RestoreDateTime"),
          RestoreOverrides.BILLING,
          RestoreOverrides.THROUGHPUT,
          RestoreOverrides.GLOBAL,
          RestoreOverrides.LOCAL,
          RestoreOverrides.ENCRYPTION);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    String name = source(parameters);
    boolean latest = parameters.flag("UseLatestRestorableTime", false);
    if (latest == parameters.has("RestoreDateTime")) {
      throw DynamoRefusal.validation(
          INVALID
              + (latest
                  ? "RestoreDateTime cannot be specified when UseLatestRestorableTime is true"
                  : "Either RestoreDateTime or UseLatestRestorableTime must be specified"));
    }
    TableDescription source = call.tables().table(name).description();
    RecoveryWindow window =
        call.tables()
            .backups()
            .window(source)
            .orElseThrow(() -> DynamoRefusal.notRecoverable(name));
    @Nullable Instant moment = BackupShapes.moment(parameters, "RestoreDateTime");
    if (moment != null && !window.contains(moment)) {
      throw DynamoRefusal.invalidRestoreTime();
    }
    TableDefinition target = new RestoreOverrides(parameters).of(source.definition());
    RestoreOverrides.answer(
        call,
        call.tables().backups().restore(source, moment, target),
        DynamoRefusal.tableNotFound(name));
  }

  private static String source(Parameters parameters) {
    String source = parameters.text("SourceTableArn", parameters.text("SourceTableName", ""));
    if (source.isEmpty()) {
      throw DynamoRefusal.validation(
          INVALID + "Either SourceTableName or SourceTableArn must be specified");
    }
    return Parameters.tableName(source);
  }
}
