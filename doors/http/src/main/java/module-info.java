/// The front door: one port for everything, which finds out what a request is for and hands it on;
/// health, readiness and metrics.
module cloud.bevy.doors.http {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;

  exports cloud.bevy.doors.http;
}
