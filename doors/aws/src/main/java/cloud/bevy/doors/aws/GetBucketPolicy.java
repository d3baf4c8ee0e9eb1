package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers with a bucket's policy, as it was put.
final class GetBucketPolicy implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    String policy =
        PolicyOwner.bucket(call)
            .settings()
            .find(Setting.POLICY)
            .orElseThrow(S3Error.NO_SUCH_BUCKET_POLICY::refused);
    call.exchange().responseHeaders().set("Content-Type", "application/json");
    call.exchange().send(policy.getBytes(StandardCharsets.UTF_8));
  }
}
