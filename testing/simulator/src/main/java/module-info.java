/// A world that a seed decides: tasks, time, chance, disk and network of several machines in one
/// thread, so that the same seed gives the same run. For tests; never shipped.
module cloud.bevy.testing.simulator {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;

  exports cloud.bevy.testing.simulator;
}
