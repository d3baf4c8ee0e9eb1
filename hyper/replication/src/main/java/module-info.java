/// Replication of Hypercores: npm hypercore's protocol between peers
/// ([cloud.bevy.hyper.replication.Replication]), one core or a whole Corestore on one stream.
module cloud.bevy.hyper.replication {
  requires static org.jspecify;
  requires transitive cloud.bevy.hyper.core;
  requires transitive cloud.bevy.hyper.mux;
  requires transitive cloud.bevy.hyper.stream;

  exports cloud.bevy.hyper.replication;
}
