package cloud.bevy.foundation.crypto;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// libsodium, where it is installed and the program was started with native access enabled for this
/// module: large pieces of the same work as in Java, to the same bytes, in less time. Whoever calls
/// it can do without. Nothing of it is loaded before it is first asked for.
final class Sodium {
  /// The most bytes that one call is given: nothing can stop the program's tasks meanwhile.
  static final int MOST = 256 * 1024;

  private static final List<String> NAMES =
      List.of("libsodium.so.26", "libsodium.so.23", "libsodium.26.dylib", "libsodium.23.dylib");
  private static final AddressLayout BYTES = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MemorySegment NONE = MemorySegment.NULL;
  private static final int HASH_STATE = 384;
  private static final int HASH_ALIGNMENT = 64;

  /// Loading it takes the time of hashing a hundred megabytes: a program with less to do than this
  /// many bytes does it in Java.
  static final long WORTH_LOADING = 64 << 20;

  /// How much there was to do by now, until it is enough.
  private static final AtomicLong DONE = new AtomicLong();

  private Sodium() {}

  /// Whether it can be called. Loads it.
  static boolean usable() {
    DONE.set(WORTH_LOADING);
    return Found.USABLE;
  }

  /// Whether it is to be called for a piece of work: it can be, and there is so much work that
  /// loading it has paid or will.
  ///
  /// @param bytes of the piece
  static boolean pays(int bytes) {
    return countsAsMuch(bytes) && Found.USABLE;
  }

  /// Counts a piece of work that is about to be done, until there has been much.
  ///
  /// @param bytes of the piece
  /// @return whether there has been so much before it that preparing something for more pays
  static boolean countsAsMuch(int bytes) {
    if (DONE.get() < WORTH_LOADING) {
      DONE.addAndGet(bytes);
      return false;
    }
    return true;
  }

  /// The signature of a message.
  ///
  /// @param secretKey the seed, then the public key
  static byte[] sign(byte[] secretKey, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE];
    try {
      int _ =
          (int)
              Calls.SIGN.invokeExact(
                  MemorySegment.ofArray(signature),
                  NONE,
                  MemorySegment.ofArray(message),
                  (long) message.length,
                  MemorySegment.ofArray(secretKey));
      return signature;
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Seals a message into a frame; the state is libsodium's and moves on.
  @SuppressWarnings("tidy") // two arrays and where in them
  static void push(byte[] state, byte[] from, int offset, int count, byte[] into, int at) {
    try {
      MemorySegment frame = slice(into, at, count + FrameSealer.OVERHEAD);
      int _ =
          (int)
              Calls.PUSH.invokeExact(
                  MemorySegment.ofArray(state),
                  frame,
                  NONE,
                  slice(from, offset, count),
                  (long) count,
                  NONE,
                  0L,
                  (byte) 0);
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Opens a frame into an array for its message.
  ///
  /// @return whether it is genuine; only then the state has moved on
  static boolean pull(byte[] state, byte[] from, int offset, byte[] message) {
    int size = message.length + FrameSealer.OVERHEAD;
    try {
      int refused =
          (int)
              Calls.PULL.invokeExact(
                  MemorySegment.ofArray(state),
                  MemorySegment.ofArray(message),
                  NONE,
                  NONE,
                  slice(from, offset, size),
                  (long) size,
                  NONE,
                  0L);
      return refused == 0;
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Encrypts bytes where they are, from a block of the stream on.
  static void xsalsa(byte[] key, byte[] nonce, MemorySegment bytes, long block) {
    try {
      int _ =
          (int)
              Calls.XSALSA.invokeExact(
                  bytes,
                  bytes,
                  bytes.byteSize(),
                  MemorySegment.ofArray(nonce),
                  block,
                  MemorySegment.ofArray(key));
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// A part of an array.
  static MemorySegment slice(byte[] bytes, int offset, int count) {
    return MemorySegment.ofArray(bytes).asSlice(offset, count);
  }

  /// Hashes a message without a key.
  static byte[] hash(byte[] message, int length) {
    byte[] hash = new byte[length];
    try {
      int _ =
          (int)
              Calls.HASH_WHOLE.invokeExact(
                  MemorySegment.ofArray(hash),
                  (long) length,
                  MemorySegment.ofArray(message),
                  (long) message.length,
                  NONE,
                  0L);
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
    return hash;
  }

  /// Room for the state of a hash, given back when nobody holds it any more.
  static MemorySegment hashState() {
    return Arena.ofAuto().allocate(HASH_STATE, HASH_ALIGNMENT);
  }

  /// Begins a hash without a key.
  static void beginHash(MemorySegment state, int length) {
    try {
      int _ = (int) Calls.HASH_BEGIN.invokeExact(state, NONE, 0L, (long) length);
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Goes on with a hash.
  static void hash(MemorySegment state, MemorySegment bytes) {
    try {
      int _ = (int) Calls.HASH.invokeExact(state, bytes, bytes.byteSize());
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// Ends a hash.
  static void endHash(MemorySegment state, MemorySegment into) {
    try {
      int _ = (int) Calls.HASH_END.invokeExact(state, into, into.byteSize());
    } catch (Throwable broken) {
      throw new CryptoFault(broken);
    }
  }

  /// The library, looked for once.
  private static final class Found {
    static final Optional<SymbolLookup> LIBRARY = library();
    static final boolean USABLE = LIBRARY.isPresent() && started();

    /// A library that lacks one of the functions is as good as none.
    private static boolean started() {
      try {
        return Calls.started();
      } catch (LinkageError incomplete) {
        return false;
      }
    }

    private static Optional<SymbolLookup> library() {
      if (!Sodium.class.getModule().isNativeAccessEnabled()) {
        return Optional.empty();
      }
      return NAMES.stream().flatMap(name -> library(name).stream()).findFirst();
    }

    @SuppressWarnings("restricted") // native access is enabled
    private static Optional<SymbolLookup> library(String name) {
      try {
        return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException missing) {
        return Optional.empty();
      }
    }
  }

  /// Constants, so that the compiler sees through them.
  private static final class Calls {
    static final MethodHandle PUSH =
        call(
            "crypto_secretstream_xchacha20poly1305_push",
            FunctionDescriptor.of(
                INT, BYTES, BYTES, BYTES, BYTES, LONG, BYTES, LONG, ValueLayout.JAVA_BYTE));
    static final MethodHandle PULL =
        call(
            "crypto_secretstream_xchacha20poly1305_pull",
            FunctionDescriptor.of(INT, BYTES, BYTES, BYTES, BYTES, BYTES, LONG, BYTES, LONG));
    static final MethodHandle XSALSA =
        call(
            "crypto_stream_xsalsa20_xor_ic",
            FunctionDescriptor.of(INT, BYTES, BYTES, LONG, BYTES, LONG, BYTES));
    static final MethodHandle SIGN =
        call("crypto_sign_detached", FunctionDescriptor.of(INT, BYTES, BYTES, BYTES, LONG, BYTES));
    static final MethodHandle HASH_WHOLE =
        call(
            "crypto_generichash",
            FunctionDescriptor.of(INT, BYTES, LONG, BYTES, LONG, BYTES, LONG));
    static final MethodHandle HASH_BEGIN =
        call("crypto_generichash_init", FunctionDescriptor.of(INT, BYTES, BYTES, LONG, LONG));
    static final MethodHandle HASH =
        call("crypto_generichash_update", FunctionDescriptor.of(INT, BYTES, BYTES, LONG));
    static final MethodHandle HASH_END =
        call("crypto_generichash_final", FunctionDescriptor.of(INT, BYTES, BYTES, LONG));

    /// Without its start it uses the slowest code it has.
    static boolean started() {
      try {
        long state =
            (long) call("crypto_generichash_statebytes", FunctionDescriptor.of(LONG)).invokeExact();
        int failed = (int) call("sodium_init", FunctionDescriptor.of(INT)).invokeExact();
        return failed >= 0 && state <= HASH_STATE;
      } catch (Throwable broken) {
        return false;
      }
    }

    @SuppressWarnings("restricted") // the descriptors are libsodium's
    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(
              Found.LIBRARY.orElseThrow().findOrThrow(name),
              descriptor,
              Linker.Option.critical(true));
    }
  }
}
