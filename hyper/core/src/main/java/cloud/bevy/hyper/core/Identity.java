package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.CoreId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Who a core is: its key, what is known of who signs it, and the key pair that does, where it is
/// here. What is learned is never unlearned.
final class Identity {
  private static final byte[] HYPERCORE = "hypercore".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private final CoreId id;
  private volatile Optional<Verifier> verifier;
  private volatile Optional<KeyPair> signer = Optional.empty();
  private volatile Optional<CoreFault> conflict = Optional.empty();

  Identity(byte[] key, Optional<Manifest> manifest) {
    this.key = key.clone();
    this.id = idOf(key);
    this.verifier = manifest.map(it -> new Verifier(key, it));
  }

  /// The name that the core of that key has in a store: its discovery key.
  static CoreId idOf(byte[] key) {
    return CoreId.of(Blake2b.keyed256(key, HYPERCORE));
  }

  byte[] key() {
    return key;
  }

  CoreId id() {
    return id;
  }

  Optional<Verifier> verifier() {
    return verifier;
  }

  /// The verifier of a core of which that much is known.
  Verifier known() {
    return verifier.orElseThrow(() ->
        new CoreFault(
            CoreFault.Kind.UNKNOWN,
            "it is not known yet who signs core " + id,
            "connect to somebody who has the core"));
  }

  void learn(Verifier learned) {
    if (verifier.isEmpty()) {
      verifier = Optional.of(learned);
    }
  }

  Optional<Prologue> prologue() {
    return verifier.flatMap(Verifier::prologue);
  }

  byte[] header() {
    return new CoreHeader(key, known().manifest()).encode();
  }

  Optional<KeyPair> signer() {
    return signer;
  }

  /// Lets the core be written with this key pair, if it may sign alone.
  void signWith(KeyPair pair) {
    if (known().suffices(pair)) {
      signer = Optional.of(pair);
    }
  }

  /// A prologue needs no signer.
  void checkWritable(long length) {
    checkUndisputed();
    if (signer.isEmpty() && !withinPrologue(length)) {
      throw new CoreFault(
          CoreFault.Kind.NOT_WRITABLE,
          "core " + id + " cannot be written to: its signer is not here",
          "write to it where its signer is");
    }
  }

  boolean withinPrologue(long length) {
    return prologue().filter(it -> length <= it.length()).isPresent();
  }

  /// Why the core is frozen, if it is.
  Optional<CoreFault> conflict() {
    return conflict;
  }

  void freeze(CoreFault why) {
    conflict = Optional.of(why);
  }

  void checkUndisputed() {
    if (conflict.isPresent()) {
      throw conflict.get().again();
    }
  }
}
