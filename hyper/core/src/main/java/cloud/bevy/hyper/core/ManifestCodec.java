package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.core.Manifest.Signer;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.List;
import java.util.Optional;

/// How manifests are written: hypercore's `lib/messages.js`.
final class ManifestCodec {
  private static final int BLAKE2B = 0;
  private static final int ED25519 = 0;
  private static final int HASH = 32;

  private static final int PATCH = 1;
  private static final int PROLOGUE = 2;
  private static final int LINKED = 4;
  private static final int USER_DATA = 8;

  /// The three forms of version 0.
  private static final int STATIC = 0;

  private static final int ONE_SIGNER = 1;
  private static final int SIGNERS = 2;

  private ManifestCodec() {}

  static void write(Encoder encoder, Manifest manifest) {
    encoder.uint(manifest.version());
    if (manifest.version() == 0) {
      writeOld(encoder.uint(BLAKE2B), manifest);
      return;
    }
    encoder.uint(flags(manifest)).uint(BLAKE2B).uint(manifest.quorum());
    encoder.array(manifest.signers(), ManifestCodec::writeSigner);
    manifest.prologue().ifPresent(it -> encoder.fixed(it.hash(), HASH).uint(it.length()));
    manifest.linked().ifPresent(keys -> encoder.array(keys, (to, key) -> to.fixed(key, HASH)));
    manifest.userData().ifPresent(encoder::buffer);
  }

  private static int flags(Manifest manifest) {
    return (manifest.allowPatch() ? PATCH : 0)
        | (manifest.prologue().isPresent() ? PROLOGUE : 0)
        | (manifest.linked().isPresent() ? LINKED : 0)
        | (manifest.userData().isPresent() ? USER_DATA : 0);
  }

  private static void writeOld(Encoder encoder, Manifest manifest) {
    List<Signer> signers = manifest.signers();
    if (manifest.prologue().isPresent()) {
      encoder.uint(STATIC).fixed(manifest.prologue().get().hash(), HASH);
    } else if (manifest.quorum() == 1 && signers.size() == 1 && !manifest.allowPatch()) {
      writeSigner(encoder.uint(ONE_SIGNER), signers.getFirst());
    } else {
      encoder.uint(SIGNERS).uint(manifest.allowPatch() ? PATCH : 0).uint(manifest.quorum());
      encoder.array(signers, ManifestCodec::writeSigner);
    }
  }

  private static void writeSigner(Encoder encoder, Signer signer) {
    encoder.uint(ED25519).fixed(signer.namespace(), HASH).fixed(signer.publicKey(), HASH);
  }

  static Manifest read(Decoder decoder) throws MalformedException {
    int version = decoder.uintUpTo(Manifest.LATEST);
    try {
      return version == 0 ? readOld(decoder) : readNew(decoder, version);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("no manifest: " + e.getMessage());
    }
  }

  private static Manifest readNew(Decoder decoder, int version) throws MalformedException {
    long flags = decoder.uint();
    decoder.uintUpTo(BLAKE2B);
    int quorum = decoder.uintUpTo(Manifest.MOST_SIGNERS);
    List<Signer> signers = decoder.array(ManifestCodec::readSigner);
    return new Manifest(
        version,
        (flags & PATCH) != 0,
        quorum,
        signers,
        (flags & PROLOGUE) == 0 ? Optional.empty() : Optional.of(readPrologue(decoder)),
        (flags & LINKED) == 0
            ? Optional.empty()
            : Optional.of(decoder.array(from -> from.fixed(HASH))),
        (flags & USER_DATA) == 0 ? Optional.empty() : Optional.of(decoder.buffer()));
  }

  private static Prologue readPrologue(Decoder decoder) throws MalformedException {
    return new Prologue(decoder.fixed(HASH), decoder.uint());
  }

  private static Manifest readOld(Decoder decoder) throws MalformedException {
    decoder.uintUpTo(BLAKE2B);
    return switch (decoder.uintUpTo(SIGNERS)) {
      case STATIC -> old(false, 0, List.of(), Optional.of(new Prologue(decoder.fixed(HASH), 0)));
      case ONE_SIGNER -> old(false, 1, List.of(readSigner(decoder)), Optional.empty());
      default -> {
        boolean patch = (decoder.uint() & PATCH) != 0;
        int quorum = decoder.uintUpTo(Manifest.MOST_SIGNERS);
        yield old(patch, quorum, decoder.array(ManifestCodec::readSigner), Optional.empty());
      }
    };
  }

  private static Manifest old(
      boolean patch, int quorum, List<Signer> signers, Optional<Prologue> prologue) {
    return new Manifest(0, patch, quorum, signers, prologue, Optional.empty(), Optional.empty());
  }

  private static Signer readSigner(Decoder decoder) throws MalformedException {
    decoder.uintUpTo(ED25519);
    return new Signer(decoder.fixed(HASH), decoder.fixed(HASH));
  }
}
