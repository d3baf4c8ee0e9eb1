package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.CustomerKey;
import java.util.Arrays;
import java.util.Base64;

/// A key that a caller brings along, for tests about encryption.
record CallersKey(String text, String md5) {
  static final String ALGORITHM = "AES256";

  static CallersKey of(int seed) {
    byte[] bytes = new byte[CustomerKey.BYTES];
    Arrays.fill(bytes, (byte) seed);
    return new CallersKey(Base64.getEncoder().encodeToString(bytes), new CustomerKey(bytes).md5());
  }
}
