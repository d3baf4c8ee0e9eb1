package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// Where an export goes, or an import comes from.
///
/// @param bucket its name
/// @param owner whose the bucket is to be; null where nobody says so
/// @param prefix what the names of the objects begin with; null where nobody says so
public record TransferPlace(String bucket, @Nullable String owner, @Nullable String prefix) {}
