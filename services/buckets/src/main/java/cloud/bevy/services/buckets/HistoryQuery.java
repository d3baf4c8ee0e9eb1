package cloud.bevy.services.buckets;

import java.time.Instant;

/// Which part of a bucket's history to go through, newest first.
///
/// @param prefix only keys that begin with it
/// @param since nothing that was done before
/// @param before only the blocks of the log before this one; at most the newest version
/// @param limit how many changes at most
public record HistoryQuery(String prefix, Instant since, long before, int limit) {}
