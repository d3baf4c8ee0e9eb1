package cloud.bevy.hyper.drive;

import java.util.Optional;

/// Which paths of a drive to list, in the order of their bytes.
///
/// @param prefix what the paths begin with
/// @param start where to begin, if not at the first
public record Listing(String prefix, Optional<Start> start) {
  /// Every path.
  public static Listing all() {
    return under("");
  }

  /// The paths that begin with `prefix`.
  public static Listing under(String prefix) {
    return new Listing(prefix, Optional.empty());
  }

  /// Only paths behind `path`.
  public Listing after(String path) {
    return new Listing(prefix, Optional.of(new Start.After(path)));
  }

  /// Only `path` and paths behind it.
  public Listing from(String path) {
    return new Listing(prefix, Optional.of(new Start.From(path)));
  }

  /// Only paths behind all that begin with `other`.
  public Listing past(String other) {
    return new Listing(prefix, Optional.of(new Start.Past(other)));
  }

  /// Where a listing begins.
  public sealed interface Start {
    /// Behind a path.
    record After(String path) implements Start {}

    /// At a path.
    record From(String path) implements Start {}

    /// Behind all paths that begin with something.
    record Past(String prefix) implements Start {}
  }
}
