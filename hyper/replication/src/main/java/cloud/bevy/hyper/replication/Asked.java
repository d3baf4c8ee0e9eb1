package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Proof;
import java.util.Optional;
import java.util.OptionalLong;

/// One request that is under way, or is about to be sent.
///
/// @param id by which the answer names it
/// @param fork that it is about
/// @param since when it was made, on the clock that never goes back
/// @param manifest whether the manifest is wanted too
record Asked(
    long id, Peer peer, long fork, long since, Purpose purpose, What what, boolean manifest) {

  /// What the answer is for.
  enum Purpose {
    /// Blocks and longer trees of the fork that is here.
    DOWNLOAD,
    /// The way to a higher fork.
    FORK
  }

  /// What is asked for.
  record What(
      OptionalLong block,
      Optional<Proof.Wanted> hash,
      Optional<Proof.Spot> seek,
      Optional<Proof.Range> upgrade) {

    static What block(long block) {
      return new What(OptionalLong.of(block), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static What upgrade(long start, long length, OptionalLong block) {
      return new What(
          block, Optional.empty(), Optional.empty(), Optional.of(new Proof.Range(start, length)));
    }

    static What of(Proof.Request request) {
      return new What(
          request.block().isPresent()
              ? OptionalLong.of(request.block().get().index())
              : OptionalLong.empty(),
          request.hash(),
          request.seek(),
          request.upgrade());
    }
  }

  /// Whether a proof is about what was asked for, and nothing else.
  boolean matches(Proof proof) {
    boolean block =
        proof.block().isEmpty()
            || (what.block().isPresent()
                && what.block().getAsLong() == proof.block().get().index());
    boolean hash =
        proof.hash().isEmpty()
            || (what.hash().isPresent() && what.hash().get().index() == proof.hash().get().index());
    boolean seek =
        proof.seek().isEmpty()
            || (what.seek().isPresent() && what.seek().get().bytes() == proof.seek().get().bytes());
    boolean upgrade = proof.upgrade().isEmpty() || what.upgrade().isPresent();
    return block && hash && seek && upgrade && proof.fork() == fork;
  }
}
