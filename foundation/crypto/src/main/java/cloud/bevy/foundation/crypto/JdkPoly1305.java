package cloud.bevy.foundation.crypto;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's Poly1305, which it has for TLS and keeps to itself: to the same tags as ours, in a
/// fifth of the time where the processor has instructions for it that HotSpot knows. It can be had
/// where the program was started with `--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED`,
/// and whether it is fast is told where it was with `-XX:+UnlockDiagnosticVMOptions`. Whoever calls
/// it can do without. An object is reused by [#begin] and belongs to one task at a time.
final class JdkPoly1305 {
  private static final String NAME = "com.sun.crypto.provider.Poly1305";

  private final Object sum;

  private JdkPoly1305(Object sum) {
    this.sum = sum;
  }

  /// One of its own for whoever asks; nothing where the JDK does not give it away.
  static Optional<JdkPoly1305> create() {
    if (!Found.USABLE) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JdkPoly1305((Object) Calls.CREATE.invokeExact()));
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Whether it can be had, and is faster than ours. Asked for the first time it takes some tens of
  /// milliseconds.
  static boolean isFast() {
    return Found.FAST;
  }

  /// Starts a message under the 32-byte key that `key` begins with, which must never be used again.
  JdkPoly1305 begin(byte[] key) {
    try {
      Key once = new SecretKeySpec(key, 0, Poly1305.KEY, "Poly1305");
      Calls.INIT.invokeExact(sum, once, (AlgorithmParameterSpec) null);
      return this;
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  JdkPoly1305 update(byte[] bytes, int offset, int count) {
    try {
      Calls.UPDATE.invokeExact(sum, bytes, offset, count);
      return this;
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Ends the message and writes its 16-byte tag.
  void finish(byte[] into, int offset) {
    try {
      byte[] tag = (byte[]) Calls.FINISH.invokeExact(sum);
      System.arraycopy(tag, 0, into, offset, Poly1305.TAG);
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// What was found out, once.
  private static final class Found {
    static final boolean USABLE = usable();
    static final boolean FAST = USABLE && knownToHotSpot();

    private static boolean usable() {
      try {
        return Calls.complete();
      } catch (LinkageError kept) {
        return false;
      }
    }

    private static boolean knownToHotSpot() {
      try {
        HotSpotDiagnosticMXBean machine =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return machine != null
            && Boolean.parseBoolean(machine.getVMOption("UsePoly1305Intrinsics").getValue());
      } catch (LinkageError | IllegalArgumentException | SecurityException unknown) {
        return false;
      }
    }
  }

  /// Constants, so that the compiler sees through them.
  private static final class Calls {
    private static final MethodHandles.Lookup INSIDE = inside();
    static final MethodHandle CREATE = create();
    static final MethodHandle INIT =
        call("engineInit", void.class, Key.class, AlgorithmParameterSpec.class);
    static final MethodHandle UPDATE =
        call("engineUpdate", void.class, byte[].class, int.class, int.class);
    static final MethodHandle FINISH = call("engineDoFinal", byte[].class);

    /// Whether all of it is there; what is missing is a [LinkageError].
    static boolean complete() {
      return FINISH.type().returnType() == byte[].class;
    }

    private static MethodHandles.Lookup inside() {
      try {
        return MethodHandles.privateLookupIn(Class.forName(NAME), MethodHandles.lookup());
      } catch (ReflectiveOperationException kept) {
        throw new IllegalStateException(kept);
      }
    }

    private static MethodHandle create() {
      try {
        return INSIDE
            .findConstructor(INSIDE.lookupClass(), MethodType.methodType(void.class))
            .asType(MethodType.methodType(Object.class));
      } catch (ReflectiveOperationException changed) {
        throw new IllegalStateException(changed);
      }
    }

    private static MethodHandle call(String name, Class<?> result, Class<?>... parameters) {
      MethodType type = MethodType.methodType(result, parameters);
      try {
        return INSIDE
            .findVirtual(INSIDE.lookupClass(), name, type)
            .asType(type.insertParameterTypes(0, Object.class));
      } catch (ReflectiveOperationException changed) {
        throw new IllegalStateException(changed);
      }
    }
  }
}
