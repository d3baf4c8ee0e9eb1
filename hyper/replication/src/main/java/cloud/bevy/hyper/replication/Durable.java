package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Arrays;
import java.util.Optional;

/// What a connected replica of a core has acknowledged to have on its disk.
///
/// @param replica the replica's public key
/// @param fork of the core that it is about
/// @param length how long the replica's durable tree is
/// @param contiguous all blocks below this number are on its disk
public record Durable(byte[] replica, long fork, long length, long contiguous) {
  /// The extension's name. Peers that do not know it ignore it.
  static final String EXTENSION = "bevy/durable";

  private static final int HELLO = 0;
  private static final int ACKNOWLEDGED = 1;

  /// Copies the key.
  public Durable {
    replica = replica.clone();
  }

  /// What is sent when a channel is opened: acknowledgements are understood here, and welcome.
  static Message hello() {
    return new Message.Extension(EXTENSION, new Encoder(1).uint(HELLO).bytes());
  }

  /// What is sent when more has become durable here.
  Message message() {
    byte[] payload =
        new Encoder(32).uint(ACKNOWLEDGED).uint(fork).uint(length).uint(contiguous).bytes();
    return new Message.Extension(EXTENSION, payload);
  }

  /// Reads what a peer has sent.
  ///
  /// @return nothing where it only says that it understands
  static Optional<Durable> read(byte[] replica, byte[] payload) throws MalformedException {
    Decoder from = new Decoder(payload);
    if (from.uint() != ACKNOWLEDGED) {
      return Optional.empty();
    }
    Durable durable = new Durable(replica, from.uint(), from.uint(), from.uint());
    if (durable.contiguous > durable.length) {
      throw new MalformedException("more blocks are acknowledged than there are");
    }
    return Optional.of(durable);
  }

  /// Whether it is about the same state of the core.
  boolean same(Durable other) {
    return fork == other.fork && length == other.length && contiguous == other.contiguous;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Durable durable
        && Arrays.equals(replica, durable.replica)
        && same(durable);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(replica) * 31 + Long.hashCode(length);
  }
}
