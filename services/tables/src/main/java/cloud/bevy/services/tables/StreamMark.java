package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// What a batch says of itself with its last block while the table has a stream. It is always the
/// same entry of the bee, so that the tree does not grow; who reads the stream meets each of them
/// in the log.
///
/// @param stream the moment of the stream that the batch is in
/// @param moment when it was made
/// @param first the version that the batch was made on: its first block
/// @param expired whether the program deleted items because they had expired
record StreamMark(Instant stream, Instant moment, long first, boolean expired) {
  /// The name of the sub-bee; its one entry has an empty key.
  static final String NAME = "stream";

  /// The key of the one entry within its sub-bee.
  static final byte[] KEY = new byte[0];

  private static final byte[] WHOLE_KEY = (NAME + "\0").getBytes(StandardCharsets.UTF_8);

  byte[] bytes() {
    return ByteBuffer.allocate(3 * Long.BYTES + 1)
        .putLong(stream.toEpochMilli())
        .putLong(moment.toEpochMilli())
        .putLong(first)
        .put((byte) (expired ? 1 : 0))
        .array();
  }

  /// Whether a change of the bee made a mark.
  static boolean isOne(BeeChange change) {
    return Arrays.equals(change.entry().key(), WHOLE_KEY);
  }

  static StreamMark read(BeeChange change) {
    ByteBuffer in = ByteBuffer.wrap(change.entry().value());
    return new StreamMark(
        Instant.ofEpochMilli(in.getLong()),
        Instant.ofEpochMilli(in.getLong()),
        in.getLong(),
        in.get() != 0);
  }
}
