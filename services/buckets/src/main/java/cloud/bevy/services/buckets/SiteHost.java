package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;

/// Has the host name that a bucket is called after lead to its cloud while the bucket is a web
/// site. A name that could be no host's, or that this machine gives to web sites itself, leads
/// nowhere.
///
/// @param incarnation the bucket's, so that one that is deleted leaves nothing of the next one's
record SiteHost(Cloud cloud, BucketName bucket, String incarnation) {
  private static final String OWN = ".s3-website";

  /// Settles where the name leads.
  ///
  /// @param site whether the bucket is a web site, for whoever has the turn to change that
  void settle(boolean site) {
    if (!isHost()) {
      return;
    }
    if (site) {
      cloud.takeHost(bucket.text(), incarnation);
    } else {
      cloud.leaveHost(bucket.text(), incarnation);
    }
  }

  private boolean isHost() {
    return bucket.text().contains(".") && !bucket.text().contains(OWN);
  }
}
