package cloud.bevy.bench;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// libsodium through the foreign-function interface, on arrays of the heap.
final class Sodium {
  private static final AddressLayout BYTES = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final Optional<SymbolLookup> LIBRARY = library();

  private Sodium() {}

  /// The library, where it is installed.
  static Optional<Sodium> find() {
    if (LIBRARY.isEmpty()) {
      return Optional.empty();
    }
    try {
      int _ = (int) Calls.START.invokeExact(); // without it, the slowest code is used
      return Optional.of(new Sodium());
    } catch (Throwable failed) {
      throw new IllegalStateException(failed);
    }
  }

  @SuppressWarnings("restricted") // it is libsodium that is asked for
  private static Optional<SymbolLookup> library() {
    try {
      return Optional.of(SymbolLookup.libraryLookup("libsodium.so.23", Arena.global()));
    } catch (IllegalArgumentException missing) {
      return Optional.empty();
    }
  }

  /// Constants, so that the compiler sees through them.
  private static final class Calls {
    static final MethodHandle START = function("sodium_init", FunctionDescriptor.of(INT));
    static final MethodHandle BEGIN =
        function(
            "crypto_secretstream_xchacha20poly1305_init_push",
            FunctionDescriptor.of(INT, BYTES, BYTES, BYTES));
    static final MethodHandle PUSH =
        function(
            "crypto_secretstream_xchacha20poly1305_push",
            FunctionDescriptor.of(
                INT, BYTES, BYTES, BYTES, BYTES, LONG, BYTES, LONG, ValueLayout.JAVA_BYTE));
    static final MethodHandle XOR =
        function(
            "crypto_stream_xsalsa20_xor",
            FunctionDescriptor.of(INT, BYTES, BYTES, LONG, BYTES, BYTES));

    @SuppressWarnings("restricted") // the descriptors are libsodium's
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(
              LIBRARY.orElseThrow().findOrThrow(name), descriptor, Linker.Option.critical(true));
    }
  }

  /// The state of a stream that sends.
  MemorySegment secretStream(byte[] key) {
    MemorySegment state = MemorySegment.ofArray(new byte[52]);
    MemorySegment header = MemorySegment.ofArray(new byte[24]);
    try {
      int _ = (int) Calls.BEGIN.invokeExact(state, header, MemorySegment.ofArray(key));
      return state;
    } catch (Throwable failed) {
      throw new IllegalStateException(failed);
    }
  }

  void push(MemorySegment state, byte[] into, byte[] from) throws Throwable {
    MemorySegment sealed = MemorySegment.ofArray(into);
    MemorySegment text = MemorySegment.ofArray(from);
    MemorySegment none = MemorySegment.NULL;
    int _ =
        (int)
            Calls.PUSH.invokeExact(
                state, sealed, none, text, (long) from.length, none, 0L, (byte) 0);
  }

  void xor(byte[] bytes, byte[] nonce, byte[] key) throws Throwable {
    MemorySegment text = MemorySegment.ofArray(bytes);
    MemorySegment once = MemorySegment.ofArray(nonce);
    int _ =
        (int)
            Calls.XOR.invokeExact(
                text, text, (long) bytes.length, once, MemorySegment.ofArray(key));
  }
}
