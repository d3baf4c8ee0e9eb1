package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.buckets.Checksum;
import cloud.bevy.services.buckets.ChecksumAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every algorithm that S3 has, also those that the SDK of these tests does not know.
class ChecksumsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String TEXT = "what is summed up";

  @ParameterizedTest
  @EnumSource
  void anObjectComesAndGoesWithItsChecksum(ChecksumAlgorithm algorithm) throws IOException {
    String target = "/" + SERVER.bucket() + "/key";
    String header = ChecksumHeaders.header(algorithm);
    String sum = sum(algorithm, TEXT).text();
    assertThat(new RawS3(SERVER, "PUT", target).header(header, sum).body(TEXT).send())
        .contains("200 OK", header + ": " + sum);
    assertThat(new RawS3(SERVER, "GET", target).header("x-amz-checksum-mode", "ENABLED").send())
        .contains(header + ": " + sum, "x-amz-checksum-type: FULL_OBJECT", TEXT);
    assertThat(
            new RawS3(SERVER, "PUT", target)
                .header(header, sum(algorithm, "else").text())
                .body(TEXT)
                .send())
        .contains("400 Bad Request", "BadDigest");
  }

  @ParameterizedTest
  @EnumSource(names = "CRC64NVME", mode = EnumSource.Mode.EXCLUDE)
  void anUploadHasTheChecksumOfItsPartsChecksums(ChecksumAlgorithm algorithm) throws IOException {
    String target = "/" + SERVER.bucket() + "/key";
    String begun =
        new RawS3(SERVER, "POST", target + "?uploads=")
            .header("x-amz-checksum-algorithm", algorithm.name().toLowerCase(Locale.ROOT))
            .header("x-amz-checksum-type", "Composite")
            .send();
    assertThat(begun)
        .contains("x-amz-checksum-algorithm: " + algorithm, "x-amz-checksum-type: COMPOSITE");
    String id = begun.replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    String part = target + "?partNumber=1&uploadId=" + id;
    assertThat(new RawS3(SERVER, "PUT", part).body(TEXT).send())
        .contains(
            "InvalidRequest",
            "expected checksum Type: " + algorithm.name().toLowerCase(Locale.ROOT),
            "actual checksum Type: null");
    String sum = sum(algorithm, TEXT).text();
    String stored =
        new RawS3(SERVER, "PUT", part)
            .header(ChecksumHeaders.header(algorithm), sum)
            .body(TEXT)
            .send();
    String etag = stored.replaceAll("(?s).*ETag: \"([0-9a-f]*)\".*", "$1");
    String element = ChecksumHeaders.element(algorithm);
    assertThat(complete(target, id, etag, "<%s>%s</%s>".formatted(element, sum, element)))
        .contains("200 OK", "<%s>".formatted(element), "-1</%s>".formatted(element));
  }

  @Test
  void oneChecksumOfAPartIsNamedAndInBase64() throws IOException {
    String bucket = SERVER.bucket();
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    String target = "/" + bucket + "/key";
    String sum = sum(ChecksumAlgorithm.CRC32, TEXT).text();
    String one = "<ChecksumCRC32>" + sum + "</ChecksumCRC32>";
    String other = "<ChecksumSHA1>" + sum(ChecksumAlgorithm.SHA1, TEXT).text() + "</ChecksumSHA1>";
    for (String sums : new String[] {one + other, "<ChecksumCRC32>no</ChecksumCRC32>"}) {
      assertThat(complete(target, id, "x", sums))
          .contains("InvalidArgument", "Invalid Base64 or multiple checksums present in request");
    }
    assertThat(
            new RawS3(SERVER, "POST", target + "?uploadId=" + id)
                .body(
                    "<CompleteMultipartUpload><Part><PartNumber>-4</PartNumber><ETag>x</ETag>"
                        + "</Part></CompleteMultipartUpload>")
                .send())
        .contains("InvalidArgument", "PartNumber must be &gt;= 1");
  }

  @Test
  void theSdksAlgorithmIsThatOfTheChecksum() throws IOException {
    String answer =
        new RawS3(SERVER, "PUT", "/" + SERVER.bucket() + "/key")
            .header("x-amz-sdk-checksum-algorithm", "SHA1")
            .header("x-amz-checksum-crc32", sum(ChecksumAlgorithm.CRC32, TEXT).text())
            .body(TEXT)
            .send();
    assertThat(answer)
        .contains("InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }

  @Test
  void anEncryptedObjectHasTheUsualChecksumToo() throws IOException {
    String target = "/" + SERVER.bucket() + "/key";
    String usual = "x-amz-checksum-crc64nvme: " + sum(ChecksumAlgorithm.CRC64NVME, TEXT).text();
    String stored =
        new RawS3(SERVER, "PUT", target)
            .header("x-amz-server-side-encryption", "AES256")
            .body(TEXT)
            .send();
    assertThat(stored).contains("200 OK", "x-amz-server-side-encryption: AES256", usual);
    assertThat(new RawS3(SERVER, "HEAD", target).header("x-amz-checksum-mode", "ENABLED").send())
        .contains(usual);
  }

  private static String complete(String target, String id, String etag, String sums)
      throws IOException {
    return new RawS3(SERVER, "POST", target + "?uploadId=" + id)
        .body(
            ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag>%s</Part>"
                    + "</CompleteMultipartUpload>")
                .formatted(etag, sums))
        .send();
  }

  private static Checksum sum(ChecksumAlgorithm algorithm, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ChecksumAlgorithm.Digest digest = algorithm.digest();
    digest.update(bytes, 0, bytes.length);
    return Checksum.of(algorithm, digest.value());
  }
}
