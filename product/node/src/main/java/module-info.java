/// A running machine: reads the options, builds the objects, starts and stops them.
module cloud.bevy.product.node {
  requires cloud.bevy.cluster.cloud;
  requires cloud.bevy.doors.aws;
  requires cloud.bevy.doors.control;
  requires cloud.bevy.doors.http;
  requires cloud.bevy.doors.mqtt;
  requires cloud.bevy.doors.opensearch;
  requires cloud.bevy.doors.replication;
  requires cloud.bevy.hyper.wire;
  requires cloud.bevy.foundation.http;
  requires cloud.bevy.hyper.store;
  requires cloud.bevy.services.buckets;
  requires cloud.bevy.services.functions;
  requires cloud.bevy.services.messages;
  requires cloud.bevy.services.search;
  requires cloud.bevy.services.tables;
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;

  exports cloud.bevy.product.node;
}
