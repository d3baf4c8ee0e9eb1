package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

class GetObjectTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anObjectWithoutTagsHasAnEmptySetOfThem() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("hello"));
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .isEmpty();
  }

  @Test
  void theTagsThatAnObjectWasPutWithAreReadBack() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").tagging("a%2Bb=c+d&e="),
            RequestBody.fromString("hello"));
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .containsExactly(
            Tag.builder().key("a+b").value("c d").build(),
            Tag.builder().key("e").value("").build());
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).tagCount())
        .isEqualTo(2);
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                .response()
                .tagCount())
        .isEqualTo(2);
  }

  @Test
  void tagsInAHeaderThatCannotBeReadAreRefused() throws IOException {
    for (String tagging : new String[] {"a=1&a=2", "%zz=1"}) {
      S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> putWith(tagging));
    }
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> putWith("aws:a=1"));
    String unescaped =
        new RawS3(SERVER, "PUT", "/" + SERVER.bucket() + "/key")
            .header("x-amz-tagging", "ü=1")
            .send();
    assertThat(unescaped).contains("<Code>InvalidArgument</Code>");
    String eleven =
        IntStream.range(0, 11).mapToObj(i -> "key" + i + "=v").collect(Collectors.joining("&"));
    S3Refusals.assertRefused(S3Error.BAD_REQUEST, () -> putWith(eleven));
  }

  @Test
  void anObjectThatCameInPartsHasTheTagsOfItsUpload() {
    String bucket = SERVER.bucket();
    String upload =
        SERVER
            .client()
            .createMultipartUpload(r -> r.bucket(bucket).key("key").tagging("a=b"))
            .uploadId();
    String etag =
        SERVER
            .client()
            .uploadPart(
                r -> r.bucket(bucket).key("key").uploadId(upload).partNumber(1),
                RequestBody.fromString("x"))
            .eTag();
    SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket)
                .key("key")
                .uploadId(upload)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .containsExactly(Tag.builder().key("a").value("b").build());
  }

  @Test
  void aCopyHasTheTagsOfItsSourceOrOthers() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").tagging("a=b"), RequestBody.fromString("hello"));
    assertThat(copiedTags(bucket, TaggingDirective.COPY))
        .containsExactly(Tag.builder().key("a").value("b").build());
    assertThat(copiedTags(bucket, TaggingDirective.REPLACE))
        .containsExactly(Tag.builder().key("c").value("d").build());
  }

  private static List<Tag> copiedTags(String bucket, TaggingDirective directive) {
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("key")
                .destinationBucket(bucket)
                .destinationKey("copy")
                .metadataDirective(MetadataDirective.REPLACE)
                .taggingDirective(directive)
                .tagging("c=d"));
    return SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("copy")).tagSet();
  }

  private static void putWith(String tagging) {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").tagging(tagging), RequestBody.fromString("hello"));
  }
}
