package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.LockMode;
import cloud.bevy.services.buckets.Locks;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.ObjectLock;
import cloud.bevy.services.buckets.Retention;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What a request or an answer says in headers of what keeps an object from being deleted.
final class LockHeaders {
  static final String MODE = "x-amz-object-lock-mode";
  private static final String UNTIL = "x-amz-object-lock-retain-until-date";
  static final String HOLD = "x-amz-object-lock-legal-hold";
  private static final String BYPASS = "x-amz-bypass-governance-retention";

  private LockHeaders() {}

  /// Reads what is to lock an object that is put.
  ///
  /// @param now the retention must end later
  static ObjectLock read(Headers headers, Instant now) throws S3Exception {
    Optional<String> mode = headers.first(MODE);
    Optional<String> until = headers.first(UNTIL);
    if (mode.isPresent() != until.isPresent()) {
      throw S3Error.INVALID_ARGUMENT
          .refused(UNTIL + " and " + MODE + " must both be supplied")
          .with("ArgumentName", mode.isPresent() ? UNTIL : MODE);
    }
    Optional<Retention> retention =
        mode.isPresent()
            ? Optional.of(retention(mode.get(), until.orElseThrow(), now))
            : Optional.empty();
    Optional<String> hold = headers.first(HOLD);
    return new ObjectLock(
        retention, hold.isPresent() ? Optional.of(hold(hold.get())) : Optional.empty());
  }

  /// A retention of two texts.
  static Retention retention(String mode, String until, Instant now) throws S3Exception {
    Instant end =
        HttpDates.read(until)
            .orElseThrow(() ->
                S3Error.INVALID_ARGUMENT.refused(
                    "The retain until date must be provided in ISO 8601 format"));
    if (!end.isAfter(now)) {
      throw S3Error.INVALID_ARGUMENT
          .refused("The retain until date must be in the future!")
          .about("RetainUntilDate", until);
    }
    return new Retention(
        mode(mode)
            .orElseThrow(() ->
                S3Error.INVALID_ARGUMENT.refused("Unknown wormMode directive.").about(MODE, mode)),
        end);
  }

  /// A mode.
  static Optional<LockMode> mode(String text) {
    return Arrays.stream(LockMode.values()).filter(mode -> mode.name().equals(text)).findFirst();
  }

  private static boolean hold(String text) throws S3Exception {
    return switch (text) {
      case "ON" -> true;
      case "OFF" -> false;
      default ->
          throw S3Error.INVALID_ARGUMENT
              .refused("Legal Hold must be either of 'ON' or 'OFF'")
              .about(HOLD, text);
    };
  }

  /// Refuses a lock where the bucket has none.
  static void check(Bucket bucket, ObjectLock lock) throws S3Exception {
    if (!lock.equals(ObjectLock.NONE) && bucket.locks().configuration().isEmpty()) {
      throw notConfigured();
    }
  }

  /// Whether the caller wants to undo what governs, and may.
  static boolean bypass(S3Call call, Bucket bucket, ObjectKey key) throws S3Exception {
    boolean wanted = call.header(BYPASS).orElse("").equalsIgnoreCase("true");
    if (wanted) {
      call.access().also(bucket, key, "s3:BypassGovernanceRetention");
    }
    return wanted;
  }

  /// Answers with what locks an object.
  static void answer(S3Call call, ObjectLock lock) {
    lock.retention()
        .ifPresent(retention -> {
          call.answerHeader(MODE, retention.mode().name());
          call.answerHeader(UNTIL, HttpDates.xml(retention.until()));
        });
    lock.legalHold().ifPresent(held -> call.answerHeader(HOLD, hold(held)));
  }

  /// How S3 says whether an object is held.
  static String hold(boolean held) {
    return held ? "ON" : "OFF";
  }

  /// Answers with what became of a change.
  static void answer(S3Call call, Bucket bucket, Locks.Change change, Locks.Outcome outcome)
      throws IOException {
    switch (outcome) {
      case DONE -> call.sendEmpty(200);
      case NO_SUCH_VERSION ->
          throw VersionIds.missing(call, bucket, change.key(), change.version());
      case FORBIDDEN -> throw locked();
      case NOT_CONFIGURED -> throw notConfigured();
      case BUCKET_GONE -> throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }

  /// The error for a version that stays as it is.
  static S3Exception locked() {
    return S3Error.ACCESS_DENIED.refused("Access Denied because object protected by object lock.");
  }

  private static S3Exception notConfigured() {
    return S3Error.INVALID_REQUEST.refused("Bucket is missing Object Lock Configuration");
  }
}
