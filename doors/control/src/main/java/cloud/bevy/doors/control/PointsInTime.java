package cloud.bevy.doors.control;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.PointInTime;
import cloud.bevy.services.buckets.ResolvedPoint;
import java.time.Duration;
import java.time.Instant;

/// Points in time as they stand in control requests.
final class PointsInTime {
  private static final String FORMS =
      "write 2026-11-26T10:00:00Z, -2h for two hours ago, or v123 for a version of the log";

  private PointsInTime() {}

  /// Reads one.
  static PointInTime read(String text) throws ControlRefusal {
    return PointInTime.read(text)
        .orElseThrow(() -> new ControlRefusal(400, "\"" + text + "\" is no point in time", FORMS));
  }

  /// Where a history begins; the earliest moment where the request does not say.
  static Instant since(ControlRequest request, Instant now) throws ControlRefusal {
    String text = request.parameter("since", "");
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    return switch (read(text)) {
      case PointInTime.At(Instant moment) -> moment;
      case PointInTime.Ago(var duration) -> now.minus(duration);
      case PointInTime.Version(long number) ->
          throw new ControlRefusal(400, "a history begins at a time, not at v" + number, "");
    };
  }

  /// Reads a span of time.
  static Duration span(String text) throws ControlRefusal {
    return PointInTime.duration(text)
        .orElseThrow(() ->
            new ControlRefusal(
                400, "\"" + text + "\" is no span of time", "write 30d, 12h, 90m or none"));
  }

  /// The version of a bucket's log that was the newest then.
  static long version(Bucket bucket, String text) throws ControlRefusal {
    return switch (bucket.past().find(read(text))) {
      case ResolvedPoint.Found(long version) -> version;
      case ResolvedPoint.TooEarly(var created) ->
          throw new ControlRefusal(
              404,
              "bucket \"" + bucket.name() + "\" did not exist then",
              "it was made at " + created);
      case ResolvedPoint.NotYet(long newest) ->
          throw new ControlRefusal(
              400, text + " is still to come", "the newest version is v" + newest);
    };
  }
}
