package cloud.bevy.bench;

import cloud.bevy.foundation.crypto.ChaChaPoly;
import cloud.bevy.foundation.crypto.FrameSealer;
import cloud.bevy.foundation.crypto.XSalsa20;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// What each way to encrypt costs on this machine, in nanoseconds of CPU time for each operation:
/// ours, BouncyCastle's, the JDK's, and libsodium's where it is installed. Decision 0012 rests on
/// it. `bench/run ciphers`.
public final class CiphersBench {
  private static final int ROUNDS = 7;
  private static final byte[] KEY = new byte[32];

  private final byte[] from;
  private final byte[] into;
  private final byte[] nonce = new byte[24];
  private final int size;

  private CiphersBench(int size) {
    this.size = size;
    this.from = new byte[size];
    this.into = new byte[size + 64];
  }

  /// An operation to measure.
  @FunctionalInterface
  private interface Work {
    void run() throws Throwable;
  }

  /// Takes no arguments.
  public static void main(String[] arguments) throws Throwable {
    for (int size : new int[] {64, 1 << 10, 1 << 16}) {
      System.out.printf(Locale.ROOT, "%,d bytes%n", size);
      CiphersBench bench = new CiphersBench(size);
      bench.frames();
      bench.parts();
      bench.xsalsa();
    }
  }

  private void frames() throws Throwable {
    FrameSealer sealer = new FrameSealer(KEY, new byte[FrameSealer.HEADER]);
    ByteBuffer text = ByteBuffer.wrap(from);
    ByteBuffer sealed = ByteBuffer.wrap(into);
    measure(
        "secret stream, ours on what the JDK has",
        () -> {
          sealer.seal(text.clear(), sealed.clear());
        });
    Sodium.find()
        .ifPresent(sodium -> {
          MemorySegment state = sodium.secretStream(KEY);
          measure("secret stream, libsodium", () -> sodium.push(state, into, from));
        });
    int[] counter = {0};
    measure(
        "AEAD, the JDK's",
        () -> {
          from[0] ^= ChaChaPoly.seal(KEY, counter[0]++, nonce, from)[0];
        });
  }

  private void parts() throws Throwable {
    Cipher cipher = Cipher.getInstance("ChaCha20");
    SecretKeySpec key = new SecretKeySpec(KEY, "ChaCha20");
    byte[] once = new byte[12];
    measure(
        "ChaCha20, the JDK's",
        () -> {
          once[0]++;
          cipher.init(Cipher.DECRYPT_MODE, key, new ChaCha20ParameterSpec(once, 0));
          cipher.doFinal(from, 0, size, into, 0);
        });
    ChaCha7539Engine engine = new ChaCha7539Engine();
    measure(
        "ChaCha20, BouncyCastle's",
        () -> {
          engine.init(true, new ParametersWithIV(new KeyParameter(KEY), once));
          engine.processBytes(from, 0, size, into, 0);
        });
    Poly1305 sum = new Poly1305();
    measure(
        "Poly1305, BouncyCastle's",
        () -> {
          sum.init(new KeyParameter(KEY));
          sum.update(from, 0, size);
          sum.doFinal(into, 0);
        });
  }

  private void xsalsa() throws Throwable {
    XSalsa20 ours = new XSalsa20(KEY);
    measure("XSalsa20, ours", () -> ours.xor(nonce, from, 0, size));
    measure(
        "XSalsa20, BouncyCastle's",
        () -> {
          XSalsa20Engine engine = new XSalsa20Engine();
          engine.init(true, new ParametersWithIV(new KeyParameter(KEY), nonce));
          engine.processBytes(from, 0, size, from, 0);
        });
    Sodium.find()
        .ifPresent(sodium -> {
          measure("XSalsa20, libsodium", () -> sodium.xor(from, nonce, KEY));
        });
  }

  /// Prints the CPU time of the best of some rounds, after others for the compiler: what else the
  /// machine does meanwhile counts little.
  private void measure(String name, Work work) {
    int operations = Math.max(1_000, 20_000_000 / (size + 400));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    try {
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        long begun = threads.getCurrentThreadCpuTime();
        for (int number = 0; number < operations; number++) {
          work.run();
        }
        long took = threads.getCurrentThreadCpuTime() - begun;
        least = round < 0 ? least : Math.min(least, took);
      }
    } catch (Throwable failed) {
      throw new IllegalStateException(name, failed);
    }
    System.out.printf(Locale.ROOT, "  %-44s %,10d ns%n", name, least / operations);
  }
}
