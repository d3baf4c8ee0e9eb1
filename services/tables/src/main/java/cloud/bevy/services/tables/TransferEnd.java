package cloud.bevy.services.tables;

import java.time.Instant;

/// How an export or an import has ended.
///
/// @param moment when
/// @param code what kind of failure it was; empty where it was none
/// @param message what the failure was
public record TransferEnd(Instant moment, String code, String message) {
  /// Whether it is not what was asked for.
  public boolean failed() {
    return !code.isEmpty();
  }
}
