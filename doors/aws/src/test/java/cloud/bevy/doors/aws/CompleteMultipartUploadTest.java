package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class CompleteMultipartUploadTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anObjectOfPartsWithoutAPlannedChecksumIsGivenTheOneOfItsBytes() {
    String bucket = SERVER.bucket();
    byte[] first = new byte[PART];
    byte[] whole = new byte[PART + 100];
    new Random(1).nextBytes(whole);
    System.arraycopy(whole, 0, first, 0, PART);
    try (S3Client client = UncheckedClient.like(SERVER.client())) {
      String id = client.createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
      List<CompletedPart> parts = new ArrayList<>();
      for (byte[] bytes : List.of(first, Arrays.copyOfRange(whole, PART, whole.length))) {
        int number = parts.size() + 1;
        // one part comes with a checksum of another kind, the other with none
        S3Client sender = number == 1 ? client : SERVER.client();
        UploadPartResponse part =
            sender.uploadPart(
                r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes));
        assertThat(part.checksumCRC64NVME()).isNull();
        parts.add(CompletedPart.builder().partNumber(number).eTag(part.eTag()).build());
      }
      CompleteMultipartUploadResponse completed =
          client.completeMultipartUpload(
              r -> r.bucket(bucket).key("key").uploadId(id).multipartUpload(m -> m.parts(parts)));
      String alone =
          client
              .putObject(r -> r.bucket(bucket).key("alone"), RequestBody.fromBytes(whole))
              .checksumCRC64NVME();
      assertThat(completed.checksumCRC64NVME()).isNotNull().isEqualTo(alone);
      assertThat(completed.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
      assertThat(
              client
                  .copyObject(r ->
                      r.sourceBucket(bucket)
                          .sourceKey("key")
                          .destinationBucket(bucket)
                          .destinationKey("copy"))
                  .copyObjectResult()
                  .checksumCRC64NVME())
          .isEqualTo(alone);
    }
  }

  @Test
  void partsOfAnEncryptedObjectAreReadAsOne() {
    String bucket = SERVER.bucket();
    byte[] first = new byte[5 << 20];
    byte[] second = new byte[100];
    new Random(1).nextBytes(first);
    new Random(2).nextBytes(second);
    String id =
        SERVER
            .client()
            .createMultipartUpload(
                r -> r.bucket(bucket).key("key").serverSideEncryption(ServerSideEncryption.AES256))
            .uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (byte[] bytes : List.of(first, second)) {
      int number = parts.size() + 1;
      String etag =
          SERVER
              .client()
              .uploadPart(
                  r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
                  RequestBody.fromBytes(bytes))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    SERVER
        .client()
        .completeMultipartUpload(
            r -> r.bucket(bucket).key("key").uploadId(id).multipartUpload(m -> m.parts(parts)));
    byte[] whole = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray())
        .isEqualTo(whole);
    int from = first.length - 7;
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r ->
                    r.bucket(bucket).key("key").range("bytes=" + from + "-" + (first.length + 8)))
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(whole, from, first.length + 9));
  }

  private static final int PART = 5 << 20;

  @Test
  void theChecksumOfTheWholeObjectIsVerifiedWhereItIsGiven() {
    String bucket = SERVER.bucket();
    // of "hello", as one part has it and as the whole has it
    String crc32 = "NhCmhg==";
    S3Refusals.assertRefused(S3Error.BAD_DIGEST, () -> complete(bucket, "AAAAAA=="));
    assertThat(complete(bucket, crc32)).isEqualTo(crc32);
  }

  private static String complete(String bucket, String crc32) {
    String id =
        SERVER
            .client()
            .createMultipartUpload(r ->
                r.bucket(bucket).key("key").checksumAlgorithm("CRC32").checksumType("FULL_OBJECT"))
            .uploadId();
    String etag =
        SERVER
            .client()
            .uploadPart(
                r -> r.bucket(bucket).key("key").uploadId(id).partNumber(1),
                RequestBody.fromString("hello"))
            .eTag();
    return SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket)
                .key("key")
                .uploadId(id)
                .checksumCRC32(crc32)
                .multipartUpload(
                    u -> u.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())))
        .checksumCRC32();
  }

  @Test
  void whoBeganWithChecksumsOfThePartsBringsThemAlong() {
    String bucket = SERVER.bucket();
    String id =
        SERVER
            .client()
            .createMultipartUpload(r -> r.bucket(bucket).key("key").checksumAlgorithm("SHA256"))
            .uploadId();
    UploadPartResponse part =
        SERVER
            .client()
            .uploadPart(
                r ->
                    r.bucket(bucket)
                        .key("key")
                        .uploadId(id)
                        .partNumber(1)
                        .checksumAlgorithm("SHA256"),
                RequestBody.fromString("hello"));
    CompletedPart without = CompletedPart.builder().partNumber(1).eTag(part.eTag()).build();
    S3Refusals.assertRefused(S3Error.INVALID_REQUEST, () -> complete(bucket, id, without));
    CompletedPart with = without.toBuilder().checksumSHA256(part.checksumSHA256()).build();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            SERVER
                .client()
                .completeMultipartUpload(r ->
                    r.bucket(bucket)
                        .key("key")
                        .uploadId(id)
                        .checksumType("FULL_OBJECT")
                        .multipartUpload(u -> u.parts(with))));
    assertThat(complete(bucket, id, with).checksumSHA256()).endsWith("-1");
  }

  @Test
  void aCompletionWithoutADocumentIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    assertThat(new RawS3(SERVER, "POST", "/" + bucket + "/key?uploadId=" + id).send())
        .contains("400", "<Code>MalformedXML</Code>");
  }

  @Test
  void partsInTheOrderOfTheirNumbersAreTheObject() {
    String bucket = SERVER.bucket();
    byte[] bytes = bytes(PART + 1000);
    String id = begin(bucket);
    CompletedPart second = part(bucket, id, 7, Arrays.copyOfRange(bytes, PART, bytes.length));
    CompletedPart first = part(bucket, id, 3, Arrays.copyOf(bytes, PART));
    CompleteMultipartUploadResponse done = complete(bucket, id, first, second);
    assertThat(done.eTag()).endsWith("-2\"");
    ResponseBytes<GetObjectResponse> read =
        SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key"));
    assertThat(read.asByteArray()).isEqualTo(bytes);
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("key").partNumber(7))
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(bytes, PART, bytes.length));
  }

  @Test
  void nothingIsVisibleBefore() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    part(bucket, id, 1, bytes(10));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void completingTwiceIsAnsweredTwice() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart part = part(bucket, id, 1, bytes(10));
    String etag = complete(bucket, id, part).eTag();
    assertThat(complete(bucket, id, part).eTag()).isEqualTo(etag);
  }

  @Test
  void whatWasPutAfterTheUploadHadBegunIsNotReplacedByIt() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart part = part(bucket, id, 1, bytes(10));
    String etag =
        SERVER
            .client()
            .putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("other"))
            .eTag();
    S3Refusals.assertRefused(
        S3Error.CONDITIONAL_REQUEST_CONFLICT,
        () -> complete(bucket, id, part, r -> r.ifMatch(etag)));
  }

  @Test
  void aKindOfChecksumIsRefusedWhereTheUploadWasBegunWithNone() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart part = part(bucket, id, 1, bytes(10));
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () -> complete(bucket, id, part, r -> r.checksumType(ChecksumType.FULL_OBJECT)));
  }

  private static void complete(
      String bucket,
      String id,
      CompletedPart part,
      Consumer<CompleteMultipartUploadRequest.Builder> more) {
    SERVER
        .client()
        .completeMultipartUpload(r -> {
          r.bucket(bucket).key("key").uploadId(id).multipartUpload(u -> u.parts(part));
          more.accept(r);
        });
  }

  @Test
  void aPartThatWasNotUploadedIsRefused() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart part = part(bucket, id, 1, bytes(10));
    S3Refusals.assertRefused(
        S3Error.INVALID_PART,
        () -> complete(bucket, id, part, part.toBuilder().partNumber(2).build()));
    S3Refusals.assertRefused(
        S3Error.INVALID_PART, () -> complete(bucket, id, part.toBuilder().eTag("x").build()));
  }

  @Test
  void partsOutOfOrderAreRefused() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart first = part(bucket, id, 1, bytes(10));
    CompletedPart second = part(bucket, id, 2, bytes(10));
    S3Refusals.assertRefused(S3Error.INVALID_PART_ORDER, () -> complete(bucket, id, second, first));
  }

  @Test
  void aNumberOrAChecksumThatIsNoneIsAnInvalidArgument() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart part = part(bucket, id, 1, bytes(10));
    String crc = "AAAAAA==";
    for (CompletedPart wrong :
        List.of(
            part.toBuilder().partNumber(-4).build(),
            part.toBuilder().partNumber(0).build(),
            part.toBuilder().checksumCRC32("none").build(),
            part.toBuilder().checksumCRC32(crc).checksumCRC32C(crc).build())) {
      S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> complete(bucket, id, wrong));
    }
  }

  @Test
  void aSmallPartThatIsNotTheLastIsRefused() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    CompletedPart first = part(bucket, id, 1, bytes(10));
    CompletedPart second = part(bucket, id, 2, bytes(10));
    S3Refusals.assertRefused(S3Error.ENTITY_TOO_SMALL, () -> complete(bucket, id, first, second));
  }

  @Test
  void aPartThatIsUploadedAgainTakesThePlaceOfTheFirst() {
    String bucket = SERVER.bucket();
    String id = begin(bucket);
    part(bucket, id, 1, bytes(10));
    complete(
        bucket, id, part(bucket, id, 1, "again".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
        .isEqualTo("again");
  }

  @Test
  void theChecksumOfTheWholeIsThatOfItsBytes() {
    String bucket = SERVER.bucket();
    byte[] bytes = bytes(PART + 1000);
    String id =
        SERVER
            .client()
            .createMultipartUpload(r ->
                r.bucket(bucket)
                    .key("key")
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .checksumType(ChecksumType.FULL_OBJECT))
            .uploadId();
    CompletedPart first = part(bucket, id, 1, Arrays.copyOf(bytes, PART));
    CompletedPart second = part(bucket, id, 2, Arrays.copyOfRange(bytes, PART, bytes.length));
    CompleteMultipartUploadResponse done = complete(bucket, id, first, second);
    String whole =
        SERVER
            .client()
            .putObject(
                r -> r.bucket(bucket).key("same").checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(bytes))
            .checksumCRC32();
    assertThat(done.checksumCRC32()).isEqualTo(whole);
    assertThat(done.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
  }

  private static String begin(String bucket) {
    return SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
  }

  private static CompletedPart part(String bucket, String id, int number, byte[] bytes) {
    UploadPartResponse part =
        SERVER
            .client()
            .uploadPart(
                r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes));
    return CompletedPart.builder().partNumber(number).eTag(part.eTag()).build();
  }

  private static CompleteMultipartUploadResponse complete(
      String bucket, String id, CompletedPart... parts) {
    return SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket).key("key").uploadId(id).multipartUpload(u -> u.parts(List.of(parts))));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
