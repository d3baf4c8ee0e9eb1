package cloud.bevy.hyper.bee;

import java.util.Optional;

/// A key that two versions of a bee do not agree on. At least one side is there.
///
/// @param before the entry in the older version
/// @param after the entry in the newer version
public record BeeDifference(Optional<BeeEntry> before, Optional<BeeEntry> after) {}
