package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Ticket;
import java.util.List;

/// What became of proofs that were handed in together. None of them was false.
///
/// @param outcomes one a proof, in their order
/// @param tip where the core ends with what was accepted
/// @param ticket says when all that was accepted is durable
public record Accepted(List<Outcome> outcomes, Tip tip, Ticket ticket) {
  /// Copies the list.
  public Accepted {
    outcomes = List.copyOf(outcomes);
  }

  /// What became of one proof.
  public enum Outcome {
    /// It holds, and what it shows can be read now.
    TAKEN,
    /// It was made for a fork or a length that the core here has left, or not reached: nobody's
    /// fault, and nothing was stored of it. Ask again.
    STALE
  }
}
