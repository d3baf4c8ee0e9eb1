package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.FrameOpener;
import cloud.bevy.foundation.crypto.FrameSealer;
import cloud.bevy.foundation.crypto.KeyPair;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// How a [SecretStream] begins: the three messages of the handshake, each in a frame; then one
/// frame from each side with the stream's id and the header of what it will send.
final class Opening {
  private static final byte[] EMPTY = {};
  private static final int SEED = 32;
  private static final int ID = 32;

  private final World world;
  private final Duplex bytes;
  private final StreamOptions options;
  private final boolean initiator;
  private final NoiseHandshake noise;
  private final FrameReader frames;

  Opening(World world, Duplex bytes, StreamOptions options, KeyPair self, boolean initiator) {
    this.world = world;
    this.bytes = bytes;
    this.options = options;
    this.initiator = initiator;
    KeyPair ephemeral = KeyPair.fromSeed(world.chance().bytes(SEED));
    this.noise = new NoiseHandshake(initiator, self, ephemeral, EMPTY);
    this.frames = new FrameReader(bytes, NoiseHandshake.LONGEST);
  }

  /// What a stream is made of, once both sides have agreed.
  record Opened(
      FrameReader frames,
      FrameSealer sealer,
      FrameOpener opener,
      NoiseHandshake.Agreed agreed,
      boolean initiator) {}

  /// Talks to the other side, but not for longer than it may take.
  Opened run() throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    Tasks.Timer deadline =
        world
            .tasks()
            .after(
                options.handshake(),
                "handshake deadline",
                () -> {
                  late.set(true);
                  bytes.close();
                });
    try {
      Opened opened = talk();
      if (!deadline.cancel()) {
        throw new EOFException();
      }
      return opened;
    } catch (IOException | RuntimeException failed) {
      deadline.cancel();
      bytes.close();
      if (late.get()) {
        throw new IOException("the handshake took longer than " + options.handshake(), failed);
      }
      throw failed;
    }
  }

  private Opened talk() throws IOException {
    if (initiator) {
      write(noise.first(EMPTY));
      noise.readSecond(read());
      write(noise.third(EMPTY));
    } else {
      noise.readFirst(read());
      write(noise.second(EMPTY));
      noise.readThird(read());
    }
    NoiseHandshake.Agreed agreed = noise.agreed();
    byte[] header = world.chance().bytes(FrameSealer.HEADER);
    byte[] greeting = Arrays.copyOf(id(agreed.hash(), initiator), ID + FrameSealer.HEADER);
    System.arraycopy(header, 0, greeting, ID, FrameSealer.HEADER);
    write(greeting);
    byte[] theirs = readGreeting(id(agreed.hash(), !initiator));
    frames.longest(options.longest() + FrameSealer.OVERHEAD);
    return new Opened(
        frames,
        new FrameSealer(agreed.sending(), header),
        new FrameOpener(agreed.receiving(), theirs),
        agreed,
        initiator);
  }

  private byte[] readGreeting(byte[] expected) throws IOException {
    byte[] greeting = read();
    if (greeting.length != ID + FrameSealer.HEADER) {
      throw new RefusedException("the first frame after the handshake has the wrong length");
    }
    if (!MessageDigest.isEqual(Arrays.copyOf(greeting, ID), expected)) {
      throw new RefusedException("the first frame after the handshake is of another stream");
    }
    return Arrays.copyOfRange(greeting, ID, greeting.length);
  }

  private byte[] read() throws IOException {
    ByteBuffer frame = frames.next();
    if (frame == null) {
      throw new EOFException("the other side has ended within the handshake");
    }
    byte[] message = new byte[frame.remaining()];
    frame.get(message);
    return message;
  }

  private void write(byte[] message) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FrameReader.PREFIX + message.length);
    frame.put((byte) message.length).put((byte) (message.length >>> 8)).put((byte) 0);
    bytes.write(frame.put(message).flip());
  }

  /// The id of what one side sends, as only the two sides know it.
  static byte[] id(byte[] handshakeHash, boolean initiator) {
    byte[] name = "hyperswarm/secret-stream".getBytes(StandardCharsets.US_ASCII);
    byte[] side = {(byte) (initiator ? 0 : 1)};
    return Blake2b.keyed256(handshakeHash, Blake2b.hash256(Blake2b.hash256(name), side));
  }
}
