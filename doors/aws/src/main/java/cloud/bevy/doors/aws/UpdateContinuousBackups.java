package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Recovery;
import cloud.bevy.services.tables.Table;
import java.io.IOException;

/// Has a table be restorable to any second from now on, or no more.
final class UpdateContinuousBackups implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateContinuousBackupsInput",
          TableAnswer.TABLE_NAME,
          Shape.member(
              "PointInTimeRecoverySpecification",
              new Shape.Structure(
                  "PointInTimeRecoverySpecification",
                  Shape.member(
                      "PointInTimeRecoveryEnabled", Shape.Scalar.FLAG, new Constraint.NotNull()),
                  Shape.whole(
                      "RecoveryPeriodInDays",
                      new Constraint.AtLeast(1),
                      new Constraint.AtMost(Recovery.MOST_DAYS))),
              new Constraint.NotNull()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DynamoRefusal busy(String table) {
    return DynamoRefusal.backupsUnavailable(table);
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    String name = TableAnswer.name(call.parameters());
    Parameters specification = call.parameters().structure("PointInTimeRecoverySpecification");
    boolean enabled = specification.flag("PointInTimeRecoveryEnabled", false);
    Long days = specification.whole("RecoveryPeriodInDays");
    if (days != null && !enabled) {
      throw DynamoRefusal.validation(
          "One or more parameter values were invalid: RecoveryPeriodInDays cannot be specified"
              + " when PointInTimeRecoveryEnabled is false");
    }
    Table table =
        call.tables()
            .backups()
            .recover(name, enabled, days == null ? Recovery.MOST_DAYS : days.intValue());
    DescribeContinuousBackups.write(call, table);
  }
}
