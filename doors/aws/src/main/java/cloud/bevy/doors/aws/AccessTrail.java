package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.Time;
import cloud.bevy.services.buckets.AccessLogging;
import cloud.bevy.services.buckets.AccessLogs;
import cloud.bevy.services.buckets.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Logs what a request has done with buckets that log accesses, once it is answered.
final class AccessTrail {
  private final S3Call call;
  private final Optional<Beginning> beginning;

  /// Where and when the request began, where its bucket logs accesses.
  private record Beginning(Bucket bucket, AccessLogging logging, Instant received, long nanos) {}

  private AccessTrail(S3Call call, Optional<Beginning> beginning) {
    this.call = call;
    this.beginning = beginning;
  }

  /// Begins with a request.
  static AccessTrail begin(S3Call call) {
    Time time = call.cloud().world().time();
    Optional<Beginning> beginning =
        call.findBucket()
            .flatMap(bucket ->
                bucket
                    .settings()
                    .logging()
                    .map(logging -> new Beginning(bucket, logging, time.now(), time.nanos())));
    if (beginning.isPresent()) {
      call.notes().want();
    }
    return new AccessTrail(call, beginning);
  }

  /// Ends with the answer.
  ///
  /// @param operation what logs call it, asked for where it is logged
  /// @param error that was answered, if one was
  void end(Supplier<String> operation, Optional<S3Error> error) {
    beginning.ifPresent(begun -> end(begun, operation, error));
    for (AccessNotes.Also also : call.notes().also()) {
      if (also.bucket().isPresent()) {
        Bucket of = also.bucket().get();
        Instant now = call.cloud().world().time().now();
        of.settings().logging().ifPresent(to -> add(of, to, now, line(of, now).write(also)));
      }
    }
  }

  private void end(Beginning begun, Supplier<String> operation, Optional<S3Error> error) {
    Bucket bucket = begun.bucket();
    AccessNotes notes = call.notes();
    AccessNotes.Also itself =
        new AccessNotes.Also(
            Optional.of(bucket),
            operation.get(),
            call.target().key(),
            call.query().first(VersionIds.PARAMETER),
            notes.size(),
            call.exchange().status(),
            error);
    long nanos = call.cloud().world().time().nanos() - begun.nanos();
    byte[] line = line(bucket, begun.received()).took(Duration.ofNanos(nanos)).write(itself);
    add(bucket, begun.logging(), begun.received(), line);
    for (AccessNotes.Also also : notes.also()) {
      if (also.bucket().isEmpty()) {
        add(bucket, begun.logging(), begun.received(), line(bucket, begun.received()).write(also));
      }
    }
  }

  private AccessLine line(Bucket bucket, Instant received) {
    return new AccessLine(call, bucket, received);
  }

  private void add(Bucket bucket, AccessLogging logging, Instant at, byte[] line) {
    AccessLogs.in(call.cloud()).add(bucket, logging, at, line);
  }
}
