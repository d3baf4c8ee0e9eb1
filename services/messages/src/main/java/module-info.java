/// Messages in domain terms: topics, sessions, and what waits for whom. A message that was taken is
/// on the disk for every session that outlives its connection.
module cloud.bevy.services.messages {
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.hyper.store;
  requires cloud.bevy.hyper.core;

  exports cloud.bevy.services.messages;
}
