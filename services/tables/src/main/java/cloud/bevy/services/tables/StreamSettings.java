package cloud.bevy.services.tables;

import java.time.Instant;

/// How the changes of a table can be read.
///
/// @param view what is shown of a changed item
/// @param created when the stream began, to the millisecond: its label
/// @param since the version of the table's bee at which it began
public record StreamSettings(View view, Instant created, long since) {
  /// What a stream shows of a changed item.
  public enum View {
    /// Only its key.
    KEYS_ONLY,
    /// What it became.
    NEW_IMAGE,
    /// What it was.
    OLD_IMAGE,
    /// Both.
    NEW_AND_OLD_IMAGES
  }
}
