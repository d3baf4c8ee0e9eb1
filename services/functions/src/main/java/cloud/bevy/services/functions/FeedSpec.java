package cloud.bevy.services.functions;

/// How an app's function is told of what changes in a table.
///
/// @param start where a new feed begins
/// @param view what the records show
/// @param batchSize how many records the function is told of at once, at most
/// @param effort what is done about a batch that the function does not take
public record FeedSpec(Start start, View view, int batchSize, Effort effort) {
  /// Where a new feed begins. The names are those of DynamoDB Streams.
  public enum Start {
    /// With the oldest record of the last 24 hours.
    TRIM_HORIZON,
    /// With what is written after the deployment.
    LATEST
  }

  /// What a record shows of an item beside its key. The names are those of DynamoDB Streams.
  public enum View {
    /// Nothing.
    KEYS_ONLY,
    /// What it is after the change.
    NEW_IMAGE,
    /// What it was before.
    OLD_IMAGE,
    /// Both.
    NEW_AND_OLD_IMAGES
  }

  /// What is done about a batch that the function does not take.
  ///
  /// @param retries how often it is tried again
  /// @param bisect whether it is then taken apart, until the records are found that are at fault
  /// @param deadLetters the bucket that has those afterwards
  public record Effort(int retries, boolean bisect, String deadLetters) {}
}
