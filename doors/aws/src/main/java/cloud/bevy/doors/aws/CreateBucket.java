package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.BucketCreation;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Ownership;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a bucket, with all that the request says of it from the first moment on.
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
    String region = constraint.isEmpty() ? "" : Regions.remembered(constraint, call.signedRegion());
    Optional<XmlElement> tags = tags(configuration);
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    if (call.header(LOCKABLE).orElse("").equalsIgnoreCase("true")) {
      settings.putAll(Buckets.lockable());
    }
    ownership.ifPresent(rule -> settings.put(Setting.OWNERSHIP, rule.text()));
    acl.ifPresent(list -> settings.put(Setting.ACL, list.write()));
    if (tags.isPresent()) {
      settings.put(Setting.TAGGING, BucketDocument.text(tags.get()));
    }
    BucketCreation creation = call.buckets().create(name, region, owner, settings);
    if (!creation.made()) {
      checkAgain(creation, region, owner);
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
