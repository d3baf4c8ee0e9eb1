/// The door that the command `bevy` speaks to: what a person does with the machine itself, as JSON.
module cloud.bevy.doors.control {
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;
  requires transitive cloud.bevy.services.functions;
  requires cloud.bevy.hyper.wire;
  requires cloud.bevy.services.buckets;
  requires transitive cloud.bevy.services.search;
  requires cloud.bevy.services.tables;
  requires com.fasterxml.jackson.jr.ob;

  exports cloud.bevy.doors.control;
}
