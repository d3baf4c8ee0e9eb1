package cloud.bevy.hyper.core;

import cloud.bevy.hyper.wire.MalformedException;
import java.util.Optional;

/// The way to a higher fork of a core: finds out, with few questions to the peer, up to where the
/// fork has the blocks that are here, so that these need not be fetched again. Belongs to one task
/// at a time. Nothing of the core changes before [#apply].
public final class Reorganisation {
  /// The fork it leads to.
  public long fork() {
    throw new UnsupportedOperationException();
  }

  /// What to ask the peer (under [#fork]) before it can be applied: a hash. Nothing when enough is
  /// known. It may be applied before that too; then more blocks than necessary are dropped.
  public Optional<Proof.Request> question() {
    throw new UnsupportedOperationException();
  }

  /// Takes the answer to [#question].
  ///
  /// @throws MalformedException where it is no answer, or is false
  public void answer(Proof.Message message) throws MalformedException {
    throw new UnsupportedOperationException();
  }

  /// How many blocks both forks have in common, as far as is known.
  public long common() {
    throw new UnsupportedOperationException();
  }

  /// Makes the core follow the fork, in one batch: drops the blocks that it does not have.
  ///
  /// @return [Accepted.Outcome#STALE] where the core has changed its fork meanwhile
  public Accepted apply() {
    throw new UnsupportedOperationException();
  }
}
