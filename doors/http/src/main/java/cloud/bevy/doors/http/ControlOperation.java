package cloud.bevy.doors.http;

import java.io.IOException;

/// One operation of the control API.
interface ControlOperation {
  /// The method and path, with `{}` for a name: `GET /_bevy/apps/{}/logs`.
  String route();

  /// Answers a call.
  void answer(ControlCall call) throws IOException;
}
