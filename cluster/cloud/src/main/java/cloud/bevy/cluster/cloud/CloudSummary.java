package cloud.bevy.cluster.cloud;

import java.time.Instant;

/// What the machine's registry knows of a cloud without opening it.
///
/// @param key its public key
/// @param name what people call it, unique on this machine
/// @param created when it was made
/// @param open whether it is open now
public record CloudSummary(CloudKey key, String name, Instant created, boolean open) {}
