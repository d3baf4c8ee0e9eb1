package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;

/// The cloud that a control request is about.
final class NamedCloud {
  /// The cloud that is meant where none is named; it is there from the first start on.
  static final String DEFAULT = "default";

  private NamedCloud() {}

  static Lease open(Clouds clouds, ControlRequest request) throws ControlRefusal {
    String name = request.parameter("cloud", DEFAULT);
    return clouds
        .open(name)
        .orElseThrow(() ->
            new ControlRefusal(
                404, "there is no cloud \"" + name + "\"", "bevy clouds lists them"));
  }
}
