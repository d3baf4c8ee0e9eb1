package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.Ownership;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.List;

/// Says who is to own what others put into a bucket.
final class PutBucketOwnershipControls implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    List<XmlElement> rules = call.document("OwnershipControls").all("Rule");
    if (rules.size() != 1) {
      throw S3Error.MALFORMED_XML.refused();
    }
    Ownership ownership =
        rules
            .getFirst()
            .first("ObjectOwnership")
            .flatMap(Ownership::of)
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    BucketAccess access = bucket.access();
    boolean shared = !access.acl().equals(Acl.ofOwner(access.owner().user()));
    if (ownership.enforced() && shared) {
      throw S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.refused();
    }
    BucketSetting.put(bucket, Setting.OWNERSHIP, ownership.text());
    call.sendEmpty(200);
  }
}
