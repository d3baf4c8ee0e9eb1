package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.BucketCreation;
import cloud.bevy.services.buckets.BucketName;
import java.io.IOException;

/// Makes a bucket.
final class CreateBucket implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketName name = call.bucketName();
    String region = region(call);
    BucketCreation creation = call.buckets().create(name, region);
    // in us-east-1 a bucket may be made again, which programs rely on
    boolean again = region.isEmpty() && creation.bucket().region().isEmpty();
    if (!creation.made() && !again) {
      throw S3Error.BUCKET_ALREADY_OWNED_BY_YOU.refused();
    }
    call.answerHeader("Location", "/" + name);
    call.sendEmpty(200);
  }

  private static String region(S3Call call) throws IOException {
    byte[] body = call.exchange().contentLength() == 0 ? new byte[0] : call.smallBody();
    if (body.length == 0) {
      return "";
    }
    XmlElement configuration =
        XmlElement.read(body)
            .filter(root -> root.name().equals("CreateBucketConfiguration"))
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    for (XmlElement child : configuration.children()) {
      if (!child.name().equals("LocationConstraint")) {
        throw S3Error.NOT_IMPLEMENTED.refused(child.name() + " is not implemented.");
      }
    }
    String constraint = configuration.first("LocationConstraint").orElse("");
    return constraint.isEmpty() ? "" : Regions.remembered(constraint);
  }
}
