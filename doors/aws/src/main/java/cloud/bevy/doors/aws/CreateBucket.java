package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketCreation;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Ownership;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes a bucket. It is closed to everybody but its owner until the owner opens it, so what the
/// request says of access is set after it was made.
final class CreateBucket implements S3Operation {
  private static final String LOCATION = "LocationConstraint";
  private static final String TAGS = "Tags";
  private static final String LOCKABLE = "x-amz-bucket-object-lock-enabled";

  @Override
  public void answer(S3Call call) throws IOException {
    BucketName name = call.bucketName();
    String owner = call.caller().account().map(Account::user).orElseThrow();
    Optional<Ownership> ownership = ownership(call);
    Optional<Acl> acl =
        AclHeaders.read(call, owner, owner).filter(each -> !each.equals(Acl.ofOwner(owner)));
    if (acl.isPresent() && ownership.filter(Ownership::enforced).isPresent()) {
      throw S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.refused();
    }
    Optional<XmlElement> configuration = configuration(call);
    String constraint = configuration.flatMap(it -> it.first(LOCATION)).orElse("");
    String region = constraint.isEmpty() ? "" : Regions.remembered(constraint);
    Optional<XmlElement> tags = tags(configuration);
    boolean lockable = call.header(LOCKABLE).orElse("").equalsIgnoreCase("true");
    BucketCreation creation =
        lockable
            ? call.buckets().createLockable(name, region, owner)
            : call.buckets().create(name, region, owner);
    if (!creation.made()) {
      checkAgain(creation, region, owner);
    } else {
      Bucket bucket = call.bucket();
      if (ownership.isPresent()) {
        BucketSetting.put(bucket, Setting.OWNERSHIP, ownership.get().text());
      }
      if (acl.isPresent()) {
        BucketSetting.put(bucket, Setting.ACL, acl.get().write());
      }
      if (tags.isPresent()) {
        BucketDocument.keep(call, Setting.TAGGING, tags.get());
      }
    }
    call.answerHeader("Location", "/" + name);
    call.answerHeader("x-amz-bucket-arn", "arn:aws:s3:::" + name);
    call.sendEmpty(200);
  }

  /// In us-east-1 a bucket may be made again by its owner, which programs rely on.
  private static void checkAgain(BucketCreation creation, String region, String owner)
      throws S3Exception {
    if (!creation.bucket().owner().equals(owner)) {
      throw S3Error.BUCKET_ALREADY_EXISTS.refused();
    }
    if (!region.isEmpty() || !creation.bucket().region().isEmpty()) {
      throw S3Error.BUCKET_ALREADY_OWNED_BY_YOU.refused();
    }
  }

  private static Optional<Ownership> ownership(S3Call call) throws S3Exception {
    Optional<String> text = call.header("x-amz-object-ownership");
    Optional<Ownership> ownership = text.flatMap(Ownership::of);
    if (text.isPresent() && ownership.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid x-amz-object-ownership header: " + text.get())
          .with("ArgumentName", "x-amz-object-ownership");
    }
    return ownership;
  }

  private static Optional<XmlElement> configuration(S3Call call) throws IOException {
    byte[] body = call.exchange().contentLength() == 0 ? new byte[0] : call.smallBody();
    if (body.length == 0) {
      return Optional.empty();
    }
    XmlElement configuration =
        XmlElement.read(body)
            .filter(root -> root.name().equals("CreateBucketConfiguration"))
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    for (XmlElement child : configuration.children()) {
      if (!child.name().equals(LOCATION) && !child.name().equals(TAGS)) {
        throw S3Error.NOT_IMPLEMENTED.refused(child.name() + " is not implemented.");
      }
    }
    return Optional.of(configuration.once(LOCATION, TAGS));
  }

  /// The tags that the bucket is made with, as the document that sets them later.
  private static Optional<XmlElement> tags(Optional<XmlElement> configuration) throws S3Exception {
    Optional<XmlElement> tags = configuration.flatMap(it -> it.child(TAGS));
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    XmlElement set = new XmlElement("TagSet", "", tags.get().children());
    XmlElement document = new XmlElement("Tagging", "", List.of(set));
    return Tags.ofBucket(document).isEmpty() ? Optional.empty() : Optional.of(document);
  }
}
