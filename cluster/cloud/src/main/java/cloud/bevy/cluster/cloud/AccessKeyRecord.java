package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Instant;
import java.util.Optional;

/// The bytes of an [AccessKey] before they are sealed, described in docs/formats/registry.md.
final class AccessKeyRecord {
  private static final int VERSION = 1;

  private AccessKeyRecord() {}

  static byte[] encode(AccessKey key) {
    return new Encoder()
        .uint(VERSION)
        .string(key.secret())
        .string(key.label())
        .uint(key.created().toEpochMilli())
        .bytes();
  }

  /// What was encoded, or nothing where the bytes are not that.
  static Optional<AccessKey> decode(String id, byte[] bytes) {
    try {
      return Optional.of(Decoder.whole(bytes, in -> read(id, in)));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static AccessKey read(String id, Decoder in) throws MalformedException {
    if (in.uint() != VERSION) {
      throw new MalformedException("an access key of an unknown version");
    }
    return new AccessKey(id, in.string(), in.string(), Instant.ofEpochMilli(in.uint()));
  }
}
