package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A [BucketEvent] that a function is still to be told of, as it waits in the bucket's bee; see
/// `docs/formats/bucket.md`.
///
/// @param tries how often that was tried
/// @param next when it is tried again
/// @param lost whether the function could not be asked the last time
record EventRecord(BucketEvent event, int tries, Instant next, boolean lost) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 12;

  private static final String KEY = "key";
  private static final String ID = "id";
  private static final String ETAG = "etag";
  private static final String LOCK_MODE = "lockMode";
  private static final String TRIES = "tries";

  /// One of which nobody was told.
  static EventRecord of(BucketEvent event) {
    return new EventRecord(event, 0, event.at(), false);
  }

  /// The same once it was tried in vain: each time it is left alone for twice as long.
  EventRecord failed(Instant now, boolean unasked) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    return new EventRecord(event, tries + 1, now.plus(bounded), unasked);
  }

  byte[] key() {
    return ByteBuffer.allocate(Long.BYTES).putLong(event.sequence()).array();
  }

  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("type", event.type().name());
    fields.put("at", event.at().toEpochMilli());
    fields.put(KEY, event.subject().key().text());
    event.subject().version().ifPresent(id -> fields.put(ID, id));
    event
        .subject()
        .content()
        .ifPresent(content -> {
          fields.put("size", content.size());
          fields.put(ETAG, content.etag());
          fields.put("storageClass", content.storageClass());
          content
              .retention()
              .ifPresent(retention -> {
                fields.put(LOCK_MODE, retention.mode().name());
                fields.put("lockedUntil", retention.until().toEpochMilli());
              });
        });
    fields.put("act", event.cause().act().name());
    fields.put("principal", event.cause().principal());
    fields.put("address", event.cause().address());
    fields.put("request", event.cause().request());
    fields.put("rule", event.rule());
    fields.put("function", event.function());
    if (tries > 0) {
      fields.put(TRIES, tries);
      fields.put("next", next.toEpochMilli());
      fields.put("lost", lost);
    }
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the entry is no such record
  static EventRecord read(BeeEntry entry) {
    RecordReader reader = RecordReader.versioned(new String(entry.value(), StandardCharsets.UTF_8));
    BucketEvent event =
        new BucketEvent(
            ByteBuffer.wrap(entry.key()).getLong(),
            EventType.valueOf(reader.text("type")),
            reader.moment("at"),
            new BucketEvent.Subject(
                new ObjectKey(reader.text(KEY)), reader.optionalText(ID), content(reader)),
            new Cause(
                Cause.Act.valueOf(reader.text("act")),
                reader.text("principal"),
                reader.text("address"),
                reader.text("request")),
            reader.text("rule"),
            reader.text("function"));
    return reader.has(TRIES)
        ? new EventRecord(
            event,
            Math.toIntExact(reader.number(TRIES)),
            reader.moment("next"),
            reader.truth("lost"))
        : of(event);
  }

  private static Optional<BucketEvent.Content> content(RecordReader reader) {
    return reader.has(ETAG)
        ? Optional.of(
            new BucketEvent.Content(
                reader.number("size"),
                reader.text(ETAG),
                reader.text("storageClass"),
                reader
                    .optionalText(LOCK_MODE)
                    .map(mode ->
                        new Retention(LockMode.valueOf(mode), reader.moment("lockedUntil")))))
        : Optional.empty();
  }
}
