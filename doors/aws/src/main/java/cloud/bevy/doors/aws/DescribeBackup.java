package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says what a backup is, and what its table was.
final class DescribeBackup implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeBackupInput", BackupShapes.ARN);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    BackupAnswer.write(call, BackupShapes.find(call), "AVAILABLE");
  }
}
