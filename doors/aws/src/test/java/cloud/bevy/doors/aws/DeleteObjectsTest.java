package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

class DeleteObjectsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aVersionThatCanBeNoneIsNotThere() {
    String bucket = SERVER.bucket();
    DeleteObjectsResponse answer =
        SERVER
            .client()
            .deleteObjects(r ->
                r.bucket(bucket)
                    .delete(d ->
                        d.objects(
                            ObjectIdentifier.builder().key("key").versionId("none").build())));
    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo("NoSuchVersion"));
  }

  @Test
  void manyObjectsAreDeletedAtOnce() {
    String bucket = SERVER.bucket();
    for (int i = 0; i < 20; i++) {
      String key = "key-" + i;
      SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
    }
    List<ObjectIdentifier> keys =
        IntStream.range(0, 21)
            .mapToObj(i -> ObjectIdentifier.builder().key("key-" + i).build())
            .toList();
    DeleteObjectsResponse answer =
        SERVER.client().deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(keys)));
    assertThat(answer.deleted()).hasSize(21);
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void whatWasDeletedIsNotSaidToAQuietCaller() {
    String bucket = SERVER.bucket();
    DeleteObjectsResponse answer =
        SERVER
            .client()
            .deleteObjects(r ->
                r.bucket(bucket)
                    .delete(d ->
                        d.quiet(true)
                            .objects(
                                ObjectIdentifier.builder().key("a").build(),
                                ObjectIdentifier.builder().key("b").versionId("unknown").build())));
    assertThat(answer.deleted()).isEmpty();
    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo("NoSuchVersion"));
  }

  @Test
  void onlyThoseAreDeletedThatAreAsWasSaid() {
    String bucket = SERVER.bucket();
    for (String key : List.of("etag", "size", "age", "all")) {
      SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("12345"));
    }
    HeadObjectResponse all = SERVER.client().headObject(r -> r.bucket(bucket).key("all"));
    DeleteObjectsResponse answer =
        SERVER
            .client()
            .deleteObjects(r ->
                r.bucket(bucket)
                    .delete(d ->
                        d.objects(
                            ObjectIdentifier.builder().key("etag").eTag("\"other\"").build(),
                            ObjectIdentifier.builder().key("size").size(4L).build(),
                            ObjectIdentifier.builder()
                                .key("age")
                                .lastModifiedTime(Instant.EPOCH)
                                .build(),
                            ObjectIdentifier.builder()
                                .key("all")
                                .eTag(all.eTag())
                                .size(5L)
                                .lastModifiedTime(all.lastModified())
                                .build(),
                            ObjectIdentifier.builder().key("nothing").size(5L).build())));
    assertThat(answer.deleted()).extracting(DeletedObject::key).containsExactly("all", "nothing");
    assertThat(answer.errors())
        .extracting(error -> error.key() + " " + error.code())
        .containsExactly(
            "etag PreconditionFailed", "size PreconditionFailed", "age PreconditionFailed");
  }

  @Test
  void moreThanAThousandObjectsAreRefused() {
    String bucket = SERVER.bucket();
    List<ObjectIdentifier> keys =
        IntStream.range(0, 1001)
            .mapToObj(i -> ObjectIdentifier.builder().key("key-" + i).build())
            .toList();
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () -> SERVER.client().deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(keys))));
  }

  @Test
  void versionsAndMarksAreTold() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    DeleteObjectsResponse answer =
        SERVER
            .client()
            .deleteObjects(r ->
                r.bucket(bucket.name())
                    .delete(d ->
                        d.objects(
                            ObjectIdentifier.builder().key("key").build(),
                            ObjectIdentifier.builder().key("key").versionId(first).build())));
    assertThat(answer.deleted()).hasSize(2);
    assertThat(answer.deleted().getFirst().deleteMarker()).isTrue();
    assertThat(answer.deleted().getFirst().deleteMarkerVersionId()).isNotEmpty();
    assertThat(answer.deleted().getLast().versionId()).isEqualTo(first);
    S3Refusals.assertRefused(S3Error.NO_SUCH_VERSION, () -> bucket.text("key", first));
  }
}
