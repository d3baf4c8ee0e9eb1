package cloud.bevy.hyper.bee;

/// A version of a bee that came after another. What has changed is [Bee#differences] of the two.
///
/// @param before the bee as it was; empty where the core was truncated since, so that everything
///   there is counts as new
/// @param after the bee as it is
/// @param truncated whether the core was truncated since: what was known of `before` may be no more
public record BeeUpdate(BeeView before, BeeView after, boolean truncated) {}
