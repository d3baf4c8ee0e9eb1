package cloud.bevy.services.functions;

import java.nio.file.Path;

/// Where the engine is, and what its functions may use.
///
/// @param program the engine; functions do not run where it is missing
/// @param folders where running engines have their folders; emptied at the start. Its path must be
///   short, because sockets are in it: a folder of `/tmp` or of `$XDG_RUNTIME_DIR`
/// @param logs where the functions' last messages are kept
/// @param limits what functions may use
public record EngineSettings(Path program, Path folders, Path logs, FunctionLimits limits) {}
