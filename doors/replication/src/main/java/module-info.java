/// The door through which others read what a cloud shares, as Hypercores: a secret stream over a
/// WebSocket or over TCP.
module cloud.bevy.doors.replication {
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.crypto;
  requires transitive cloud.bevy.foundation.http;
  requires transitive cloud.bevy.hyper.replication;
  requires transitive cloud.bevy.hyper.stream;

  exports cloud.bevy.doors.replication;
}
