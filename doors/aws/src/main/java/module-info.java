/// What AWS's own clients connect to: Signature Version 4, the S3 door and the DynamoDB door. Wire
/// formats only; what the operations mean is in the services.
@org.jspecify.annotations.NullMarked
module cloud.bevy.doors.aws {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;
  requires transitive cloud.bevy.cluster.cloud;
  requires cloud.bevy.hyper.store;
  requires transitive cloud.bevy.services.buckets;
  requires transitive cloud.bevy.services.search;
  requires transitive cloud.bevy.services.tables;
  requires aircompressor;
  requires java.xml;

  exports cloud.bevy.doors.aws;
}
