package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class UploadPartTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anUploadThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NO_SUCH_UPLOAD, () -> part(bucket, "unknown", 1));
  }

  @Test
  void aPartsNumberIsFromOneToTenThousand() {
    String bucket = SERVER.bucket();
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    assertThat(part(bucket, id, 1)).isEqualTo(part(bucket, id, 10_000));
    S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> part(bucket, id, 0));
    S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> part(bucket, id, 10_001));
  }

  @Test
  void aPartIsEncryptedAsItsUploadWasBegun() {
    String bucket = SERVER.bucket();
    CallersKey key = CallersKey.of(1);
    String id =
        SERVER
            .client()
            .createMultipartUpload(
                r -> r.bucket(bucket).key("key").overrideConfiguration(key::bring))
            .uploadId();
    assertThat(part(bucket, id, key).sseCustomerKeyMD5()).isEqualTo(key.md5());
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST, () -> part(bucket, id, CallersKey.of(2)).eTag());
    S3Refusals.assertRefused(S3Error.INVALID_REQUEST, () -> part(bucket, id, 1));
  }

  @Test
  void whoeverWantsAChecksumOfAnEncryptedWholeBringsTheKey() {
    String bucket = SERVER.bucket();
    CallersKey key = CallersKey.of(1);
    String id =
        SERVER
            .client()
            .createMultipartUpload(r ->
                r.bucket(bucket)
                    .key("key")
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .overrideConfiguration(key::bring))
            .uploadId();
    UploadPartResponse part = part(bucket, id, key);
    CompletedPart completed =
        CompletedPart.builder()
            .partNumber(1)
            .eTag(part.eTag())
            .checksumCRC32(part.checksumCRC32())
            .build();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            SERVER
                .client()
                .completeMultipartUpload(r ->
                    r.bucket(bucket)
                        .key("key")
                        .uploadId(id)
                        .multipartUpload(u -> u.parts(completed))));
    SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket)
                .key("key")
                .uploadId(id)
                .overrideConfiguration(key::bring)
                .multipartUpload(u -> u.parts(completed)));
  }

  private static UploadPartResponse part(String bucket, String id, CallersKey key) {
    return SERVER
        .client()
        .uploadPart(
            r ->
                r.bucket(bucket)
                    .key("key")
                    .uploadId(id)
                    .partNumber(1)
                    .overrideConfiguration(key::bring),
            RequestBody.fromString("x"));
  }

  @Test
  void aPartThatWouldExceedTheBucketsQuotaIsRefused() {
    String bucket = SERVER.bucket();
    SERVER.limit(bucket, 2);
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    part(bucket, id, 1);
    part(bucket, id, 2);
    S3Refusals.assertRefused(S3Error.QUOTA_EXCEEDED, () -> part(bucket, id, 3));
  }

  private static String part(String bucket, String id, int number) {
    return SERVER
        .client()
        .uploadPart(
            r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
            RequestBody.fromString("x"))
        .eTag();
  }
}
