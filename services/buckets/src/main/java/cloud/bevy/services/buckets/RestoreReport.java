package cloud.bevy.services.buckets;

import java.util.List;

/// What a restore has done, or would do.
///
/// @param version of the log to which the bucket was restored
/// @param restored how many objects were put back
/// @param bytes how many these have
/// @param deleted how many objects were deleted that were not there then
/// @param same how many objects of those that were touched since are as they were
/// @param skipped how many were changed by others meanwhile and were left as these want them
/// @param lost how many cannot be put back, as their bytes are no more
/// @param examples the keys of the first of these, at most [#MOST_EXAMPLES]
public record RestoreReport(
    long version,
    long restored,
    long bytes,
    long deleted,
    long same,
    long skipped,
    long lost,
    List<String> examples) {
  /// How many lost objects are named.
  public static final int MOST_EXAMPLES = 100;

  /// Copies the list.
  public RestoreReport {
    examples = List.copyOf(examples);
  }
}
