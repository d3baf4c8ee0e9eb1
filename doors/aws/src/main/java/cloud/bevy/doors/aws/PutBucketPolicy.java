package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Policy;
import cloud.bevy.services.buckets.PolicyReader;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Sets a bucket's policy.
final class PutBucketPolicy implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = PolicyOwner.bucket(call);
    String text = text(call);
    Policy policy =
        switch (PolicyReader.read(text, bucket.name().text())) {
          case PolicyReader.Reading.Read(Policy read) -> read;
          case PolicyReader.Reading.Malformed(String reason) ->
              throw S3Error.MALFORMED_POLICY.refused(reason);
        };
    if (bucket.access().closed().blockPolicy() && policy.isPublic()) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    BucketSetting.put(bucket, Setting.POLICY, text);
    call.sendEmpty(204);
  }

  private static String text(S3Call call) throws IOException {
    byte[] bytes = call.smallBody();
    if (bytes.length > PolicyReader.LONGEST) {
      throw S3Error.MALFORMED_POLICY.refused(
          "Policy exceeds the maximum allowed document size of " + PolicyReader.LONGEST);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw S3Error.MALFORMED_POLICY.refused();
    }
  }
}
