package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Handler;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What stands behind the front door.
///
/// @param services the doors of AWS services by the name in signatures: `s3`, `dynamodb`, `es`; and
///   `s3-website`, for which nobody signs
/// @param sites whether a host name that is not the machine's own, in lower case, is a web site's:
///   asked by strangers, so it must cost little
/// @param apps answers requests to apps
/// @param control answers `/_bevy/`
/// @param replication answers WebSockets at `/hypercore`
/// @param mqtt answers WebSockets at `/mqtt`
/// @param obstacle why the machine cannot do its work now, for `/readyz`; nothing if it can
public record Doors(
    Map<String, Handler> services,
    Predicate<String> sites,
    AppDoor apps,
    Handler control,
    Handler replication,
    Handler mqtt,
    Supplier<Optional<String>> obstacle) {
  /// Keeps a copy of the table.
  public Doors {
    services = Map.copyOf(services);
  }
}
