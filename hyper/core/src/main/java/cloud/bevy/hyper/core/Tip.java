package cloud.bevy.hyper.core;

/// Where a core ends for its writer, with what is not yet durable.
///
/// @param length how many blocks there are
/// @param byteLength how many bytes there are in all blocks
/// @param fork how often the core was truncated
public record Tip(long length, long byteLength, long fork) {}
