package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.LockConfiguration;
import cloud.bevy.services.buckets.LockConfiguration.DefaultRetention;
import cloud.bevy.services.buckets.LockMode;
import java.io.IOException;
import java.util.Optional;

/// Has a bucket's objects be lockable, and says what locks new ones.
final class PutObjectLockConfiguration implements S3Operation {
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_YEARS = 100;

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    XmlElement document = call.document("ObjectLockConfiguration");
    if (!document.first("ObjectLockEnabled").orElse("").equals("Enabled")) {
      throw S3Error.MALFORMED_XML.refused();
    }
    Optional<XmlElement> rule = document.all("Rule").stream().findFirst();
    LockConfiguration configuration =
        new LockConfiguration(
            rule.isPresent() ? Optional.of(retention(rule.get())) : Optional.empty());
    if (!bucket.locks().configure(configuration)) {
      throw S3Error.INVALID_BUCKET_STATE.refused(
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    }
    call.sendEmpty(200);
  }

  private static DefaultRetention retention(XmlElement rule) throws S3Exception {
    XmlElement retention =
        rule.all("DefaultRetention").stream()
            .findFirst()
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    LockMode mode =
        LockHeaders.mode(retention.first("Mode").orElse(""))
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    Optional<String> days = retention.first("Days");
    Optional<String> years = retention.first("Years");
    if (days.isPresent() == years.isPresent()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    return days.isPresent()
        ? new DefaultRetention(mode, number(days.get(), MOST_DAYS), 0)
        : new DefaultRetention(mode, 0, number(years.orElseThrow(), MOST_YEARS));
  }

  private static int number(String text, int most) throws S3Exception {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw S3Error.MALFORMED_XML.refused();
    }
    int number = Integer.parseInt(text);
    if (number <= 0) {
      throw S3Error.INVALID_ARGUMENT.refused(
          "Default retention period must be a positive integer value");
    }
    if (number > most) {
      throw S3Error.INVALID_ARGUMENT.refused("Default retention period too large");
    }
    return number;
  }
}
