package cloud.bevy.hyper.bee;

import java.util.List;

/// What going through a whole tree has shown.
///
/// @param entries how many keys there are
/// @param nodes how many nodes the tree has
/// @param depth how many nodes there are on the way from the root to a leaf
/// @param problems what is wrong, in sentences; empty where the tree is sound
public record BeeCheck(long entries, long nodes, int depth, List<String> problems) {
  /// Copies the list.
  public BeeCheck {
    problems = List.copyOf(problems);
  }

  /// Whether nothing is wrong.
  public boolean sound() {
    return problems.isEmpty();
  }
}
