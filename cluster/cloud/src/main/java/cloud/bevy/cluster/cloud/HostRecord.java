package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Optional;

/// That a host name leads to a cloud.
///
/// @param holder what of the cloud has the name
record HostRecord(CloudKey cloud, String holder) {
  private static final int VERSION = 1;

  /// The bytes described in docs/formats/registry.md.
  byte[] encode() {
    return new Encoder().uint(VERSION).fixed(cloud.bytes(), CloudKey.LENGTH).string(holder).bytes();
  }

  /// What was encoded, or nothing where the bytes are not that.
  static Optional<HostRecord> decode(byte[] bytes) {
    try {
      return Optional.of(Decoder.whole(bytes, HostRecord::read));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static HostRecord read(Decoder in) throws MalformedException {
    if (in.uint() != VERSION) {
      throw new MalformedException("a host of an unknown version");
    }
    return new HostRecord(new CloudKey(in.fixed(CloudKey.LENGTH)), in.string());
  }
}
