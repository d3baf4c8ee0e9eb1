package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.crypto.Blake2b;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Makes and reads iterators: where somebody reads in a stream, given to them to bring back. They
/// carry all that there is to know and a seal of the cloud, so that nothing is kept for readers and
/// nobody can make one.
final class StreamIterators {
  /// How long an iterator can be used.
  private static final Duration LIFE = Duration.ofMinutes(15);

  private static final int SEAL_BYTES = 16;
  private static final int SHORTEST = SEAL_BYTES + 2 * Long.BYTES;
  private static final String SEPARATOR = "/";

  private final Cloud cloud;
  private final Streams streams;

  StreamIterators(Cloud cloud, Streams streams) {
    this.cloud = cloud;
    this.streams = streams;
  }

  String issue(StreamReader reader, long place) {
    TableDescription table = reader.table();
    byte[] names =
        String.join(SEPARATOR, table.incarnation(), reader.stream().label(), table.name())
            .getBytes(StandardCharsets.UTF_8);
    byte[] said =
        ByteBuffer.allocate(2 * Long.BYTES + names.length)
            .putLong(now().toEpochMilli())
            .putLong(place)
            .put(names)
            .array();
    byte[] sealed = KeyCodec.join(seal(said), said);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  IteratorUse use(String text) {
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return new IteratorUse.Unknown();
    }
    if (sealed.length < SHORTEST) {
      return new IteratorUse.Unknown();
    }
    byte[] said = Arrays.copyOfRange(sealed, SEAL_BYTES, sealed.length);
    byte[] seal = Arrays.copyOf(sealed, SEAL_BYTES);
    return MessageDigest.isEqual(seal, seal(said)) ? open(said) : new IteratorUse.Unknown();
  }

  private IteratorUse open(byte[] said) {
    ByteBuffer in = ByteBuffer.wrap(said);
    Instant made = Instant.ofEpochMilli(in.getLong());
    long place = in.getLong();
    if (made.plus(LIFE).isBefore(now())) {
      return new IteratorUse.Expired();
    }
    String[] names = StandardCharsets.UTF_8.decode(in).toString().split(SEPARATOR, 3);
    Optional<StreamReader> reader =
        streams
            .find(names[2], names[1])
            .filter(found -> found.table().incarnation().equals(names[0]));
    return reader.isPresent()
        ? new IteratorUse.Good(reader.get(), place)
        : new IteratorUse.NoStream(names[2], names[1]);
  }

  private byte[] seal(byte[] said) {
    byte[] whole = Blake2b.keyed256(cloud.secret("stream iterators"), said);
    return Arrays.copyOf(whole, SEAL_BYTES);
  }

  private Instant now() {
    return cloud.world().time().now();
  }
}
