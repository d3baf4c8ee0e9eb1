/// What OpenSearch's clients connect to: its REST API over tables that have a search index.
@org.jspecify.annotations.NullMarked
module cloud.bevy.doors.opensearch {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.services.search;
  requires cloud.bevy.doors.aws;
  requires cloud.bevy.services.buckets;
  requires cloud.bevy.services.tables;
  requires com.fasterxml.jackson.core;

  exports cloud.bevy.doors.opensearch;
}
