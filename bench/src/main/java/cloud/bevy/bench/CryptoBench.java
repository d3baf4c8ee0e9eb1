package cloud.bevy.bench;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.Ed25519;
import cloud.bevy.foundation.crypto.FrameSealer;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.foundation.crypto.XSalsa20;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Hashes, signs and checks, as a core does; seals frames and agrees on secrets, as a stream does.
public final class CryptoBench {
  private static final int SIGNABLE = 112;

  private final KeyPair pair = KeyPair.fromSeed(new byte[Ed25519.SEED]);
  private final byte[] block = new byte[1024];
  private final byte[] message = new byte[SIGNABLE];
  private int kept;

  private CryptoBench() {}

  /// Takes no notice of the folder that is its argument.
  public static void main(String[] arguments) throws Exception {
    new CryptoBench().run();
  }

  private void run() throws Exception {
    Meter meter = new Meter();
    meter.measure("BLAKE2b-256 of 1 KiB", 200_000, this::hash);
    meter.measure("Ed25519 signature", 20_000, this::sign);
    meter.measure("Ed25519 verification", 10_000, this::verify);
    meter.measure("Ed25519 agreement", 2_000, this::agree);
    meter.measure("sealed frame of 1 KiB", 100_000, frames -> seal(frames, 1 << 10));
    meter.measure("sealed frame of 64 KiB", 2_000, frames -> seal(frames, 1 << 16));
    meter.measure("XSalsa20 of 1 KiB", 100_000, this::encrypt);
    if (kept == 0) {
      throw new IllegalStateException("the compiler has left the work out");
    }
  }

  private void hash(int hashes) {
    Blake2b hasher = Blake2b.plain(32);
    byte[] hash = new byte[32];
    for (int number = 0; number < hashes; number++) {
      hasher.reset().update((byte) 0).updateLong(block.length).update(block).digest(hash, 0);
      block[0] = hash[0];
      kept |= hash[1];
    }
  }

  private void sign(int signatures) {
    for (int number = 0; number < signatures; number++) {
      message[number % SIGNABLE] = pair.sign(message)[0];
      kept |= message[number % SIGNABLE];
    }
  }

  private void verify(int verifications) {
    byte[] signature = pair.sign(message);
    byte[] publicKey = pair.publicKey();
    for (int number = 0; number < verifications; number++) {
      kept |= Ed25519.verify(signature, message, publicKey) ? 1 : 0;
    }
  }

  private void agree(int agreements) {
    byte[] other = KeyPair.fromSeed(new byte[Ed25519.SEED]).publicKey();
    for (int number = 0; number < agreements; number++) {
      Optional<byte[]> secret = pair.agree(other);
      kept |= secret.orElseThrow()[0];
    }
  }

  private void seal(int frames, int size) {
    FrameSealer sealer = new FrameSealer(new byte[FrameSealer.KEY], new byte[FrameSealer.HEADER]);
    ByteBuffer text = ByteBuffer.allocate(size);
    ByteBuffer into = ByteBuffer.allocate(size + FrameSealer.OVERHEAD);
    for (int number = 0; number < frames; number++) {
      sealer.seal(text.clear(), into.clear());
      kept |= into.get(1);
    }
  }

  private void encrypt(int blocks) {
    XSalsa20 cipher = new XSalsa20(new byte[XSalsa20.KEY]);
    byte[] nonce = new byte[XSalsa20.NONCE];
    for (int number = 0; number < blocks; number++) {
      nonce[0]++;
      cipher.xor(nonce, block, 0, block.length);
      kept |= block[1];
    }
  }
}
