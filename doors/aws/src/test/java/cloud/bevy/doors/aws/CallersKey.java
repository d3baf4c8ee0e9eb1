package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.CustomerKey;
import java.util.Arrays;
import java.util.Base64;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/// A key that a caller brings along, for tests about encryption.
record CallersKey(String text, String md5) {
  static final String ALGORITHM = "AES256";

  static CallersKey of(int seed) {
    byte[] bytes = new byte[CustomerKey.BYTES];
    Arrays.fill(bytes, (byte) seed);
    return new CallersKey(Base64.getEncoder().encodeToString(bytes), new CustomerKey(bytes).md5());
  }

  /// Brings the key along with a request of the SDK's.
  void bring(AwsRequestOverrideConfiguration.Builder request) {
    bring(request, "x-amz-server-side-encryption-customer-");
  }

  /// Brings the key of what is copied along.
  void bringForSource(AwsRequestOverrideConfiguration.Builder request) {
    bring(request, "x-amz-copy-source-server-side-encryption-customer-");
  }

  private void bring(AwsRequestOverrideConfiguration.Builder request, String prefix) {
    request
        .putHeader(prefix + "algorithm", ALGORITHM)
        .putHeader(prefix + "key", text)
        .putHeader(prefix + "key-MD5", md5);
  }
}
