package cloud.bevy.hyper.drive;

import java.util.List;

/// What a mirror has done.
///
/// @param version of the drive that was read, or the one that was made
/// @param same how many files and links were as they should be
/// @param added how many came
/// @param changed how many were replaced
/// @param deleted how many were taken away
/// @param refused how many cannot be mirrored
/// @param refusals the first of them, at most [#MOST_REFUSALS]
public record MirrorReport(
    long version,
    long same,
    long added,
    long changed,
    long deleted,
    long refused,
    List<Refusal> refusals) {
  /// How many refusals are told in words.
  public static final int MOST_REFUSALS = 100;

  /// Copies the list.
  public MirrorReport {
    refusals = List.copyOf(refusals);
  }

  /// A path that cannot be mirrored: it leads out of the folder, or is no file, or something is in
  /// its way.
  ///
  /// @param path the path, exactly as it is
  /// @param reason why, as a sentence's end
  public record Refusal(String path, String reason) {}

  /// Whether nothing had to be done.
  public boolean unchanged() {
    return added == 0 && changed == 0 && deleted == 0;
  }
}
