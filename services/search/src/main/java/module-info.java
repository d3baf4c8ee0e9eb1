/// The search of tables and buckets: a Lucene index beside each that asks for one, made from it and
/// following it, and the queries that it answers.
@org.jspecify.annotations.NullMarked
module cloud.bevy.services.search {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.services.buckets;
  requires transitive cloud.bevy.services.tables;
  requires cloud.bevy.foundation.extraction;
  requires cloud.bevy.hyper.core;
  requires transitive com.fasterxml.jackson.core;
  requires java.logging;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.core;
  requires org.apache.lucene.highlighter;
  requires org.apache.lucene.queries;
  requires org.apache.lucene.queryparser;

  exports cloud.bevy.services.search;
}
