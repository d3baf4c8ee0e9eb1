package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.drive.BlobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a batch says of itself with its last block; see `docs/formats/bucket.md`. A batch that only
/// puts one new object says nothing: the object says when.
///
/// @param at when it was made
/// @param retired the bytes that no version has any more since then, and that are kept for those
///   who read the bucket as it was
/// @param state how much there is of such bytes
record StepRecord(Instant at, List<Retired> retired, State state) {
  StepRecord {
    retired = List.copyOf(retired);
  }

  /// Bytes that no version has any more.
  ///
  /// @param size how many there are
  record Retired(BlobId blob, long size) {}

  /// How much was retired, and how much of that has been given back.
  ///
  /// @param retired how many bytes were ever retired and kept
  /// @param reclaimed how many of them were given back since
  /// @param next the first sequence of the first batch whose retired bytes may still be there
  record State(long retired, long reclaimed, long next) {
    static final State NOTHING = new State(0, 0, 0);

    /// How many bytes are kept.
    long kept() {
      return retired - reclaimed;
    }
  }

  /// How many bytes it keeps.
  long bytes() {
    return retired.stream().mapToLong(Retired::size).sum();
  }

  /// The key of the batch whose first block is that.
  static byte[] key(long first) {
    return ByteBuffer.allocate(Long.BYTES).putLong(first).array();
  }

  /// The first block of the batch that a record is of.
  static long first(BeeEntry entry) {
    return ByteBuffer.wrap(entry.key()).getLong();
  }

  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("at", at.toEpochMilli());
    if (!retired.isEmpty()) {
      fields.put("retired", retired.stream().map(StepRecord::fields).toList());
    }
    if (!state.equals(State.NOTHING)) {
      fields.put("total", state.retired());
      fields.put("reclaimed", state.reclaimed());
      fields.put("next", state.next());
    }
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the entry is no such record
  static StepRecord read(BeeEntry entry) {
    RecordReader reader = RecordReader.versioned(new String(entry.value(), StandardCharsets.UTF_8));
    return new StepRecord(
        reader.moment("at"),
        reader.objects("retired").stream().map(StepRecord::retired).toList(),
        new State(
            reader.optionalNumber("total").orElse(0L),
            reader.optionalNumber("reclaimed").orElse(0L),
            reader.optionalNumber("next").orElse(0L)));
  }

  private static Map<String, Object> fields(Retired blob) {
    Map<String, Object> fields = PartRecord.fields(blob.blob());
    fields.put("size", blob.size());
    return fields;
  }

  private static Retired retired(RecordReader reader) {
    return new Retired(PartRecord.blob(reader), reader.number("size"));
  }
}
