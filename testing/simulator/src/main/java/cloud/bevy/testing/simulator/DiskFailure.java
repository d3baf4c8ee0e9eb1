package cloud.bevy.testing.simulator;

/// How a call to a disk fails.
public enum DiskFailure {
  /// The device reports an error. What a failed write or sync has left on the disk is for the seed
  /// to say, and a later sync does not make up for it.
  INPUT_OUTPUT_ERROR,
  /// No space is left. Calls that need no room do not fail.
  DISK_FULL,
  /// The machine loses power in the middle of the call.
  POWER_CUT
}
