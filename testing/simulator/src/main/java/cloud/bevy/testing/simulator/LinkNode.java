package cloud.bevy.testing.simulator;

/// A symbolic link.
///
/// @param target as it was made
record LinkNode(String target) implements DiskNode {}
