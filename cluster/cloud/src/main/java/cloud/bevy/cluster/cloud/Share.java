package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Optional;

/// That whoever knows its key may read a bee or a drive of a cloud, and how it is found.
///
/// @param name of the bee or drive in the cloud
record Share(CloudKey cloud, Kind kind, String name) {
  private static final int VERSION = 1;

  /// What is shared.
  enum Kind {
    BEE(0),
    DRIVE(1);

    private final int number;

    /// @param number stands for the kind on disk
    Kind(int number) {
      this.number = number;
    }

    private static Kind of(long number) throws MalformedException {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new MalformedException("a share of an unknown kind");
    }
  }

  /// The bytes described in docs/formats/registry.md.
  byte[] encode() {
    return new Encoder()
        .uint(VERSION)
        .fixed(cloud.bytes(), CloudKey.LENGTH)
        .uint(kind.number)
        .string(name)
        .bytes();
  }

  /// What was encoded, or nothing where the bytes are not that.
  static Optional<Share> decode(byte[] bytes) {
    try {
      return Optional.of(Decoder.whole(bytes, Share::read));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static Share read(Decoder in) throws MalformedException {
    if (in.uint() != VERSION) {
      throw new MalformedException("a share of an unknown version");
    }
    CloudKey cloud = new CloudKey(in.fixed(CloudKey.LENGTH));
    Kind kind = Kind.of(in.uint());
    return new Share(cloud, kind, in.string());
  }
}
