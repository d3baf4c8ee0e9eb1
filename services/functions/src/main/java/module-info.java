/// JavaScript functions and static files: what `bevy deploy` deploys, and the supervised, jailed
/// engine that answers for them.
module cloud.bevy.services.functions {
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;
  requires cloud.bevy.hyper.bee;
  requires cloud.bevy.hyper.drive;
  requires cloud.bevy.hyper.store;
  requires com.fasterxml.jackson.core;

  exports cloud.bevy.services.functions;
}
