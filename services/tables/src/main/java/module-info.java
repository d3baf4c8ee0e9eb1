/// Tables with DynamoDB's data model on Hyperbees: items, expressions, queries and scans.
@org.jspecify.annotations.NullMarked
module cloud.bevy.services.tables {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.cluster.cloud;
  requires cloud.bevy.hyper.bee;
  requires cloud.bevy.hyper.store;
  requires transitive com.fasterxml.jackson.core;

  exports cloud.bevy.services.tables;
}
