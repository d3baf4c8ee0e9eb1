package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Versioning;
import java.io.IOException;
import java.util.Optional;

/// Has a bucket keep what is overwritten and deleted, or no longer.
final class PutBucketVersioning implements S3Operation {
  static final String ENABLED = "Enabled";
  static final String SUSPENDED = "Suspended";

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    XmlElement document = call.document("VersioningConfiguration");
    Optional<String> mfa = document.first("MfaDelete");
    if (mfa.isPresent() && !mfa.get().equals("Disabled")) {
      throw S3Error.NOT_IMPLEMENTED.refused("MFA delete is not implemented.");
    }
    String status =
        document
            .first("Status")
            .orElseThrow(() ->
                S3Error.ILLEGAL_VERSIONING_CONFIGURATION.refused(
                    "The Versioning element must be specified"));
    Versioning versioning =
        switch (status) {
          case ENABLED -> Versioning.ENABLED;
          case SUSPENDED -> Versioning.SUSPENDED;
          default -> throw S3Error.MALFORMED_XML.refused();
        };
    if (!bucket.setVersioning(versioning)) {
      throw call.bucket().locks().configuration().isPresent()
          ? S3Error.INVALID_BUCKET_STATE.refused(
              "An Object Lock configuration is present on this bucket, so the versioning state"
                  + " cannot be changed.")
          : S3Error.NO_SUCH_BUCKET.refused();
    }
    call.sendEmpty(200);
  }
}
