package cloud.bevy.doors.opensearch;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to an operation.
///
/// @param named what stands in the path where the route has a name
record Call(
    String method, Map<String, String> named, Parameters parameters, byte[] body, Place place) {
  /// A part of the path.
  String name(String part) {
    return given(part).orElseThrow(() -> Refused.illegal("the path must name [" + part + "]"));
  }

  Optional<String> given(String part) {
    return Optional.ofNullable(named.get(part));
  }

  /// The index that the path names; empty for all.
  String indexes() {
    return given(Route.INDEX).orElse("");
  }

  /// The body as an object with exact numbers.
  Map<String, @Nullable Object> object() {
    return Json.object(body);
  }

  boolean lenient() {
    return parameters.bool("ignore_unavailable", false);
  }

  /// `refresh` of a write changes nothing: what was answered is found by every later search. It is
  /// read, so that what cannot be is refused.
  void checkRefresh() {
    String refresh = parameters.text("refresh").orElse("false");
    if (!refresh.equals("wait_for")) {
      parameters.bool("refresh", false);
    }
  }
}
