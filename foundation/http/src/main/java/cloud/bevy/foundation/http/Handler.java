package cloud.bevy.foundation.http;

import java.io.IOException;

/// What answers requests: blocking code, run on one virtual thread per request.
@FunctionalInterface
public interface Handler {
  /// Answers one request. Where it returns without having answered, or throws before it began to,
  /// the caller gets status 500; where it throws later, the connection is closed, so that nobody
  /// takes half an answer for a whole one.
  ///
  /// @throws IOException if the caller is gone, or sent something that is not HTTP
  void handle(Exchange exchange) throws IOException;
}
