/// A machine's clouds: opens a cloud by its key, derives its keys, wakes it and lets it sleep, and
/// decides when a write is durable.
module cloud.bevy.cluster.cloud {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.crypto;
  requires transitive cloud.bevy.hyper.bee;
  requires transitive cloud.bevy.hyper.core;
  requires transitive cloud.bevy.hyper.drive;
  requires transitive cloud.bevy.hyper.replication;
  requires transitive cloud.bevy.hyper.store;
  requires cloud.bevy.hyper.wire;

  exports cloud.bevy.cluster.cloud;
}
