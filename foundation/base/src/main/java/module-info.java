/// What every module stands on: the [cloud.bevy.foundation.base.World], the only door to time,
/// chance, tasks, disk, network and log.
module cloud.bevy.foundation.base {
  requires static org.jspecify;

  exports cloud.bevy.foundation.base;
}
