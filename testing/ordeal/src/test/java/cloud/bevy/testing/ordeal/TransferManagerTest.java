package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.BlockingInputStreamAsyncRequestBody;
import software.amazon.awssdk.crt.checksums.CRC64NVME;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.FileUpload;
import software.amazon.awssdk.transfer.s3.model.ResumableFileUpload;
import software.amazon.awssdk.transfer.s3.model.UploadFileRequest;
import software.amazon.awssdk.transfer.s3.progress.TransferListener;

/// The transfer manager of the AWS SDK for Java, with its own defaults for checksums.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferManagerTest {
  private static final String BUCKET = "transfers";
  private static final long PART_BYTES = 5 << 20;

  private BevyProcess bevy;
  private Path folder;
  private Path tree;
  private Path large;
  private S3AsyncClient java;
  private S3AsyncClient common;

  /// Which of the SDK's two clients it transfers with.
  private enum Kind {
    JAVA,
    COMMON_RUNTIME
  }

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    folder = given;
    tree = RealTree.make(folder.resolve("tree"));
    large = tree.resolve(RealTree.LARGE);
    bevy = BevyProcess.start(folder.resolve("home"));
    Map<String, String> environment = bevy.environment();
    bevy.s3(environment).createBucket(r -> r.bucket(BUCKET));
    java =
        S3AsyncClient.builder()
            .endpointOverride(bevy.endpoint())
            .region(BevyProcess.REGION)
            .forcePathStyle(true)
            .credentialsProvider(BevyProcess.credentials(environment))
            .multipartEnabled(true)
            .multipartConfiguration(m -> m.minimumPartSizeInBytes(PART_BYTES))
            .build();
    common =
        S3AsyncClient.crtBuilder()
            .endpointOverride(bevy.endpoint())
            .region(BevyProcess.REGION)
            .forcePathStyle(true)
            .credentialsProvider(BevyProcess.credentials(environment))
            .minimumPartSizeInBytes(PART_BYTES)
            .build();
  }

  @AfterAll
  void stop() {
    java.close();
    common.close();
    bevy.close();
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatWentUpAndCameDownIsTheSameToTheLastByte(Kind kind) throws Exception {
    try (S3TransferManager transfers = manager(kind)) {
      assertThat(
              transfers
                  .uploadDirectory(
                      r -> r.source(tree).bucket(BUCKET).s3Prefix(kind.name() + "/tree"))
                  .completionFuture()
                  .join()
                  .failedTransfers())
          .isEmpty();
      Path back = folder.resolve("back" + kind);
      assertThat(
              transfers
                  .downloadDirectory(r ->
                      r.destination(back)
                          .bucket(BUCKET)
                          .listObjectsV2RequestTransformer(
                              list -> list.prefix(kind.name() + "/tree/")))
                  .completionFuture()
                  .join()
                  .failedTransfers())
          .isEmpty();
      new Shell(folder, Map.of()).run("diff -r tree back" + kind).requireSuccess();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUploadThatWasPausedGoesOnWhereItWas(Kind kind) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    UploadFileRequest request =
        UploadFileRequest.builder()
            .source(large)
            .putObjectRequest(r -> r.bucket(BUCKET).key("resumed" + kind))
            .addTransferListener(new Begun(begun))
            .build();
    try (S3TransferManager transfers = manager(kind)) {
      FileUpload upload = transfers.uploadFile(request);
      begun.await();
      ResumableFileUpload paused = upload.pause();
      assertThat(paused.multipartUploadId()).isPresent();
      transfers.resumeUploadFile(paused).completionFuture().join();
    }
    assertThat(download("resumed" + kind)).hasSameBinaryContentAs(large);
    assertThat(bevy.s3(bevy.environment()).listMultipartUploads(r -> r.bucket(BUCKET)).uploads())
        .isEmpty();
  }

  /// Tells when the first bytes are on their way.
  private record Begun(CountDownLatch latch) implements TransferListener {
    @Override
    public void bytesTransferred(Context.BytesTransferred context) {
      latch.countDown();
    }
  }

  @Test
  void aStreamOfUnknownLengthIsStoredWithACrc32() throws Exception {
    BlockingInputStreamAsyncRequestBody body = AsyncRequestBody.forBlockingInputStream(null);
    try (S3TransferManager transfers = manager(Kind.JAVA)) {
      var upload =
          transfers.upload(
              r -> r.requestBody(body).putObjectRequest(p -> p.bucket(BUCKET).key("stream")));
      try (var in = Files.newInputStream(large)) {
        body.writeInputStream(in);
      }
      upload.completionFuture().join();
    }
    assertThat(download("stream")).hasSameBinaryContentAs(large);
    assertThat(head("stream").checksumCRC32()).isNotNull();
  }

  @Test
  void whatIsPutByDefaultHasTheCrc32OfItsContent() {
    Path small = tree.resolve("docs/buckets.md");
    PutObjectResponse put =
        java.putObject(r -> r.bucket(BUCKET).key("small"), AsyncRequestBody.fromFile(small)).join();
    String expected = base64(new CRC32(), small, Integer.BYTES);
    assertThat(put.checksumCRC32()).isEqualTo(expected);
    assertThat(head("small").checksumCRC32()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void aCrc64NvmeOfPartsIsThatOfTheWhole(Kind kind) {
    String key = "crc64nvme" + kind;
    try (S3TransferManager transfers = manager(kind)) {
      transfers
          .uploadFile(r ->
              r.source(large)
                  .putObjectRequest(p ->
                      p.bucket(BUCKET).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC64_NVME)))
          .completionFuture()
          .join();
    }
    HeadObjectResponse head = head(key);
    assertThat(head.checksumCRC64NVME()).isEqualTo(base64(new CRC64NVME(), large, Long.BYTES));
    assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    assertThat(download(key)).hasSameBinaryContentAs(large);
  }

  private S3TransferManager manager(Kind kind) {
    return S3TransferManager.builder().s3Client(kind == Kind.JAVA ? java : common).build();
  }

  private HeadObjectResponse head(String key) {
    return java.headObject(r -> r.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED))
        .join();
  }

  /// The Java client reads it in parts and checks what checksums there are.
  private Path download(String key) {
    Path file = folder.resolve(key);
    java.getObject(r -> r.bucket(BUCKET).key(key), AsyncResponseTransformer.toFile(file)).join();
    return file;
  }

  private static String base64(Checksum checksum, Path file, int bytes) {
    try {
      checksum.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array();
    byte[] value = Arrays.copyOfRange(eight, Long.BYTES - bytes, Long.BYTES);
    return Base64.getEncoder().encodeToString(value);
  }
}
