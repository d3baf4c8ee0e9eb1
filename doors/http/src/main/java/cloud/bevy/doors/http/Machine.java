package cloud.bevy.doors.http;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Creation;
import cloud.bevy.cluster.cloud.Lease;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// What the control API controls.
///
/// @param clouds the machine's clouds
/// @param facts what `bevy status` begins with
/// @param stop begins to stop the machine; returns at once
public record Machine(Clouds clouds, Supplier<Facts> facts, Runnable stop) {
  /// What is known of a machine from its start.
  ///
  /// @param version of bevy
  /// @param endpoint of the front door: `http://127.0.0.1:4566`
  /// @param home the state folder
  public record Facts(String version, String endpoint, String home) {}

  /// Opens the cloud a call is about; the default one is made when it is first asked for. Where
  /// there is no such cloud, the call is refused.
  Optional<Lease> open(ControlCall call) throws IOException {
    Optional<Lease> lease = clouds.open(call.cloud());
    if (lease.isEmpty() && call.isDefaultCloud()) {
      Creation made = clouds.create(call.cloud());
      lease = made instanceof Creation.InvalidName ? lease : clouds.open(call.cloud());
    }
    if (lease.isEmpty()) {
      call.refuse(
          404,
          "there is no cloud \"" + call.cloud() + "\" on this machine",
          "bevy clouds lists them; bevy clouds --create " + call.cloud() + " makes it");
    }
    return lease;
  }
}
