package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;

/// What answers requests to apps.
@FunctionalInterface
public interface AppDoor {
  /// Answers a request to an app.
  ///
  /// @param app the name before `.localhost`, in lower case; there may be no such app
  /// @throws IOException as [cloud.bevy.foundation.http.Handler#handle]
  void handle(String app, Exchange exchange) throws IOException;
}
