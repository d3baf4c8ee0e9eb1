package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Handler;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What stands behind the front door.
///
/// @param services the doors of AWS services by the name in signatures: `s3`, `dynamodb`; and
///   `s3-website`, for which nobody signs
/// @param apps answers requests to apps
/// @param control answers `/_bevy/`
/// @param replication answers WebSockets at `/hypercore`
/// @param obstacle why the machine cannot do its work now, for `/readyz`; nothing if it can
public record Doors(
    Map<String, Handler> services,
    AppDoor apps,
    Handler control,
    Handler replication,
    Supplier<Optional<String>> obstacle) {
  /// Keeps a copy of the table.
  public Doors {
    services = Map.copyOf(services);
  }
}
