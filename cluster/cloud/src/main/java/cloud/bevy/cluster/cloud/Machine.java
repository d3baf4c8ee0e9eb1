package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;

/// What all clouds of a machine have in common.
record Machine(World world, Durability durability, Shares shares, AlarmClock alarms) {}
