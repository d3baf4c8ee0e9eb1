package cloud.bevy.cluster.cloud;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what clouds have asked to be woken for.
@FunctionalInterface
public interface AlarmHandler {
  /// Does what is to be done. Done twice, it must come to the same: a machine that stops meanwhile
  /// rings again.
  ///
  /// @param name as in [Cloud#wakeBy]
  /// @param stopping whether the machine is to stop: what is left can be done later
  /// @return when there will be something to do again, as far as is known now
  Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping);

  /// Whether what is done under a name mostly waits for others. That is done for some clouds at the
  /// same time, and all else for one cloud after the other.
  default boolean waits(String name) {
    return false;
  }
}
