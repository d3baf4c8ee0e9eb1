package cloud.bevy.services.functions;

import java.time.Instant;

/// A message that a function wrote to its console, or an error it threw.
///
/// @param at when the node read it
/// @param level `debug`, `log`, `info`, `warn` or `error`
/// @param text the message, which may have several lines
public record LogLine(Instant at, String level, String text) {}
