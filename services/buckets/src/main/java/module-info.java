/// Buckets of objects: what S3's operations mean, on a drive per bucket, without a word of HTTP.
@org.jspecify.annotations.NullMarked
module cloud.bevy.services.buckets {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires cloud.bevy.foundation.crypto;
  requires transitive cloud.bevy.cluster.cloud;
  requires cloud.bevy.hyper.bee;
  requires transitive cloud.bevy.hyper.drive;
  requires cloud.bevy.hyper.store;
  requires com.fasterxml.jackson.core;

  exports cloud.bevy.services.buckets;
}
