package cloud.bevy.hyper.store;

/// What a store has and has done since it was opened.
///
/// @param cores cores that exist
/// @param segments segment files, the active one included
/// @param bytes bytes in all segments
/// @param liveBytes bytes in segments that can still be read; an estimate where ranges were cleared
/// @param batches batches made durable since the store was opened
/// @param commits group commits since the store was opened: one `fsync` each
/// @param syncs all `fsync`s since the store was opened, those of sealing included
/// @param damage how many damaged records were met since the store was opened
public record StoreStatistics(
    long cores,
    long segments,
    long bytes,
    long liveBytes,
    long batches,
    long commits,
    long syncs,
    long damage) {}
