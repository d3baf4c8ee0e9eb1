package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;
import java.util.Optional;
import java.util.function.Function;

/// What all clouds of a machine have in common.
///
/// @param companions of what services hold for a cloud
/// @param open opens one of them
record Machine(
    World world,
    Durability durability,
    Shares shares,
    Hosts hosts,
    AlarmClock alarms,
    Companions companions,
    Function<CloudKey, Optional<Lease>> open) {}
