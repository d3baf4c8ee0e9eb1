package cloud.bevy.hyper.core;

import java.util.List;

/// What a walk over all of a core has found.
///
/// @param length how many blocks the core has
/// @param present how many of them are stored
/// @param damages what is wrong, in the order of the walk; at most [#MOST_DAMAGES]
public record Verification(long length, long present, List<Damage> damages) {
  /// How many damages are listed before the walk gives up.
  public static final int MOST_DAMAGES = 100;

  /// Copies the list.
  public Verification {
    damages = List.copyOf(damages);
  }

  /// Whether nothing is wrong.
  public boolean sound() {
    return damages.isEmpty();
  }

  /// One thing that is wrong.
  public sealed interface Damage {
    /// A block cannot be read, or is not the one that was appended.
    record Block(long index, String reason) implements Damage {}

    /// A tree node is missing, or is not the one that follows from the blocks below it.
    record Node(long treeIndex, String reason) implements Damage {}

    /// The roots do not give the hash or the size that the head says.
    record Roots(String reason) implements Damage {}

    /// The signature does not cover the head.
    record Signature(String reason) implements Damage {}
  }
}
