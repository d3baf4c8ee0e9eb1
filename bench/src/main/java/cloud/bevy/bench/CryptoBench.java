package cloud.bevy.bench;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.Ed25519;
import cloud.bevy.foundation.crypto.KeyPair;

/// Hashes, signs and checks, as a core does.
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
}
