package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;

class GetObjectAttributesTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsAskedForIsAnswered() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    GetObjectAttributesResponse all =
        SERVER
            .client()
            .getObjectAttributes(
                r -> r.bucket(bucket).key("key").objectAttributes(ObjectAttributes.knownValues()));
    assertThat(all.eTag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(all.objectSize()).isEqualTo(5);
    assertThat(all.storageClassAsString()).isEqualTo("STANDARD");
    assertThat(all.checksum().checksumCRC32()).isEqualTo("NhCmhg==");
    assertThat(all.checksum().checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    assertThat(all.objectParts()).isNull();
    assertThat(all.lastModified()).isNotNull();
  }

  @Test
  void whatIsNotAskedForIsLeftOut() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    GetObjectAttributesResponse size =
        SERVER
            .client()
            .getObjectAttributes(
                r -> r.bucket(bucket).key("key").objectAttributes(ObjectAttributes.OBJECT_SIZE));
    assertThat(size.objectSize()).isEqualTo(5);
    assertThat(size.eTag()).isNull();
    assertThat(size.checksum()).isNull();
  }

  @Test
  void thePartsOfAMultipartObjectAreListedInPages() {
    String bucket = SERVER.bucket();
    upload(bucket);
    GetObjectAttributesParts parts =
        SERVER
            .client()
            .getObjectAttributes(r ->
                r.bucket(bucket)
                    .key("key")
                    .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                    .maxParts(1)
                    .partNumberMarker(1))
            .objectParts();
    assertThat(parts.totalPartsCount()).isEqualTo(3);
    assertThat(parts.isTruncated()).isTrue();
    assertThat(parts.nextPartNumberMarker()).isEqualTo(2);
    assertThat(parts.parts()).extracting(ObjectPart::partNumber).containsExactly(2);
    assertThat(parts.parts()).extracting(ObjectPart::size).containsExactly(5L << 20);
  }

  @Test
  void anObjectThatIsNotThereHasNone() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () ->
            SERVER
                .client()
                .getObjectAttributes(
                    r -> r.bucket(bucket).key("key").objectAttributes(ObjectAttributes.E_TAG)));
  }

  @Test
  void askingForNothingOrForSomethingUnknownIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    String target = "/" + bucket + "/key?attributes";
    assertThat(new RawS3(SERVER, "GET", target).send())
        .contains("400", "<Code>InvalidRequest</Code>");
    assertThat(new RawS3(SERVER, "GET", target).header("x-amz-object-attributes", "Colour").send())
        .contains("400", "<Code>InvalidArgument</Code>");
  }

  private static void put(String bucket, String key) {
    SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("hello"));
  }

  private static void upload(String bucket) {
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int size : List.of(5 << 20, 5 << 20, 7)) {
      parts.add(part(bucket, id, parts.size() + 1, size));
    }
    SERVER
        .client()
        .completeMultipartUpload(
            r -> r.bucket(bucket).key("key").uploadId(id).multipartUpload(u -> u.parts(parts)));
  }

  private static CompletedPart part(String bucket, String id, int number, int size) {
    String etag =
        SERVER
            .client()
            .uploadPart(
                r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
                RequestBody.fromBytes(new byte[size]))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }
}
