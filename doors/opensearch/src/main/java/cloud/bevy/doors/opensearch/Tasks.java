package cloud.bevy.doors.opensearch;

import java.util.Map;

/// `GET /_tasks`: there are none, as each request is carried out before it is answered.
final class Tasks implements Operation {
  @Override
  public Answer run(Call call) {
    return Answer.of(Map.of("nodes", Map.of()));
  }
}
