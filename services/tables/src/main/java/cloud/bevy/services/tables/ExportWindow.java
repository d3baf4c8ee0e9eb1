package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Between which moments an export is to show what has changed.
///
/// @param from the first second that counts
/// @param to the first second that does not; null for now
/// @param oldImages whether it shows also what items were
public record ExportWindow(Instant from, @Nullable Instant to, boolean oldImages) {}
