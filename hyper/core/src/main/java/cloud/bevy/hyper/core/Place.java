package cloud.bevy.hyper.core;

/// Where a byte of a core is.
///
/// @param index the block that has it
/// @param offset how many bytes of the block come before it
public record Place(long index, long offset) {}
