package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Instant;
import java.util.Optional;

/// The bytes of a [Registration] in the registry, described in docs/formats/registry.md.
final class RegistrationRecord {
  private static final int VERSION = 1;

  private RegistrationRecord() {}

  static byte[] encode(Registration registration, Sealer sealer) {
    return new Encoder()
        .uint(VERSION)
        .string(registration.name())
        .uint(registration.created().toEpochMilli())
        .buffer(sealer.seal(registration.master(), registration.key().bytes()))
        .bytes();
  }

  /// What was encoded, or nothing where the bytes are not that, or were sealed by another machine.
  static Optional<Registration> decode(CloudKey key, byte[] bytes, Sealer sealer) {
    try {
      return Decoder.whole(bytes, in -> read(key, in, sealer));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Registration> read(CloudKey key, Decoder in, Sealer sealer)
      throws MalformedException {
    if (in.uint() != VERSION) {
      throw new MalformedException("a registration of an unknown version");
    }
    String name = in.string();
    Instant created = Instant.ofEpochMilli(in.uint());
    return sealer
        .open(in.buffer(), key.bytes())
        .map(master -> new Registration(key, name, created, master));
  }
}
