package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Instant;
import java.util.Optional;

/// A moment at which a cloud has something to do, though nobody may use it then.
///
/// @param name tells the cloud what
record Alarm(CloudKey cloud, String name, Instant moment) {
  private static final int VERSION = 1;

  /// Which it is.
  Alarms.Id id() {
    return new Alarms.Id(cloud, name);
  }

  /// The key described in docs/formats/registry.md.
  static byte[] key(CloudKey cloud, String name) {
    return new Encoder().fixed(cloud.bytes(), CloudKey.LENGTH).string(name).bytes();
  }

  /// The value described in docs/formats/registry.md.
  static byte[] value(Instant moment) {
    return new Encoder().uint(VERSION).uint(moment.toEpochMilli()).bytes();
  }

  /// What was encoded, or nothing where the bytes are not that.
  static Optional<Alarm> decode(byte[] key, byte[] value) {
    try {
      Instant moment = Decoder.whole(value, Alarm::moment);
      return Optional.of(Decoder.whole(key, in -> of(in, moment)));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static Alarm of(Decoder in, Instant moment) throws MalformedException {
    CloudKey cloud = new CloudKey(in.fixed(CloudKey.LENGTH));
    return new Alarm(cloud, in.string(), moment);
  }

  private static Instant moment(Decoder in) throws MalformedException {
    if (in.uint() != VERSION) {
      throw new MalformedException("an alarm of an unknown version");
    }
    return Instant.ofEpochMilli(in.uint());
  }
}
