/// The front door: one port for everything, which finds out what a request is for and hands it on;
/// health, readiness and metrics; and the control API, which the command line speaks.
module cloud.bevy.doors.http {
  requires cloud.bevy.hyper.store;
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;

  exports cloud.bevy.doors.http;
}
