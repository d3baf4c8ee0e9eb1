package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The tokens of transactions that were carried out, kept beside the items in the batch that did
/// so, for ten minutes. Those that are older go, a few with each new one.
///
/// `tokens` is, by token, the moment and the digest of the request; `moments` is the tokens by
/// moment.
final class Tokens {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int FORGOTTEN_AT_ONCE = 4;

  private final BeeEditor tokens;
  private final BeeEditor moments;
  private final Instant now;

  Tokens(ItemBatch turn, Instant now) {
    tokens = turn.part("tokens");
    moments = turn.part("moments");
    this.now = now;
  }

  /// What is known of a token.
  enum Match {
    /// Nothing.
    NEW,
    /// The same request was carried out with it.
    SAME,
    /// Another one was.
    OTHER
  }

  static byte[] digest(byte[] request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(request);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Match find(String token, byte[] digest) {
    Optional<BeeEntry> entry = tokens.get(bytes(token));
    if (entry.isEmpty()) {
      return Match.NEW;
    }
    ByteBuffer known = ByteBuffer.wrap(entry.get().value());
    if (Instant.ofEpochMilli(known.getLong()).plus(KEPT).isBefore(now)) {
      return Match.NEW;
    }
    byte[] before = new byte[known.remaining()];
    known.get(before);
    return Arrays.equals(before, digest) ? Match.SAME : Match.OTHER;
  }

  void remember(String token, byte[] digest) {
    forget();
    byte[] moment = moment(now);
    tokens.put(bytes(token), KeyCodec.join(moment, digest));
    moments.put(KeyCodec.join(moment, bytes(token)), new byte[0]);
  }

  private void forget() {
    for (int count = 0; count < FORGOTTEN_AT_ONCE; count++) {
      BeeCursor cursor = moments.range(Range.all().lt(moment(now.minus(KEPT))).limit(1));
      if (!cursor.hasNext()) {
        return;
      }
      byte[] oldest = cursor.next().key();
      moments.delete(oldest);
      byte[] moment = Arrays.copyOf(oldest, Long.BYTES);
      byte[] token = Arrays.copyOfRange(oldest, Long.BYTES, oldest.length);
      boolean current =
          tokens
              .get(token)
              .filter(entry -> Arrays.equals(Arrays.copyOf(entry.value(), Long.BYTES), moment))
              .isPresent();
      if (current) {
        tokens.delete(token);
      }
    }
  }

  private static byte[] moment(Instant moment) {
    return ByteBuffer.allocate(Long.BYTES).putLong(moment.toEpochMilli()).array();
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}
