package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/// What functions are told of what clients do.
class EventDocumentTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private final S3Client client = SERVER.client();

  @Test
  void theDocumentOfAPutIsS3s() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_CREATED);
    PutObjectResponse put =
        client.putObject(r -> r.bucket(bucket).key("a b/ü+&.jpg"), RequestBody.fromString("hello"));
    String owner = SERVER.account("").id();
    String request = put.responseMetadata().requestId();
    assertThat(
            SERVER
                .functions()
                .next(1)
                .getFirst()
                .replaceAll("20[0-9T:.-]+Z", "TIME")
                .replaceAll("\"sequencer\":\"[0-9A-F]{16}\"", "SEQUENCER"))
        .isEqualTo(
            ("{'Records':[{'eventVersion':'2.5','eventSource':'aws:s3','awsRegion':'us-east-1',"
                    + "'eventTime':'TIME','eventName':'ObjectCreated:Put',"
                    + "'userIdentity':{'principalId':'OWNER'},"
                    + "'requestParameters':{'sourceIPAddress':'127.0.0.1'},"
                    + "'responseElements':{'x-amz-request-id':'REQUEST','x-amz-id-2':'REQUEST'},"
                    + "'s3':{'s3SchemaVersion':'1.0','configurationId':'rule',"
                    + "'bucket':{'name':'BUCKET','ownerIdentity':{'principalId':'OWNER'},"
                    + "'arn':'arn:aws:s3:::BUCKET'},"
                    + "'object':{'key':'a+b/%C3%BC%2B%26.jpg','size':5,"
                    + "'eTag':'5d41402abc4b2a76b9719d911017c592',SEQUENCER}}}]}")
                .replace('\'', '"')
                .replace("OWNER", owner)
                .replace("REQUEST", request)
                .replace("BUCKET", bucket));
  }

  @Test
  void whatMakesAnObjectHasItsOwnName() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_CREATED);
    client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("hello"));
    client.copyObject(
        r -> r.sourceBucket(bucket).sourceKey("a").destinationBucket(bucket).destinationKey("b"));
    upload(bucket, "c");
    assertThat(SERVER.functions().next(3))
        .extracting(TestFunctions::name)
        .containsExactlyInAnyOrder(
            "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload");
  }

  private void upload(String bucket, String key) {
    String id = client.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String etag =
        client
            .uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(id).partNumber(1),
                RequestBody.fromString("hello"))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
    client.completeMultipartUpload(
        r -> r.bucket(bucket).key(key).uploadId(id).multipartUpload(m -> m.parts(part)));
  }

  @Test
  void eachObjectOfSeveralThatAreDeletedIsToldOf() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_REMOVED);
    for (String key : List.of("a", "b")) {
      client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
    }
    client.deleteObjects(r ->
        r.bucket(bucket)
            .delete(d ->
                d.objects(
                    ObjectIdentifier.builder().key("a").build(),
                    ObjectIdentifier.builder().key("b").build(),
                    ObjectIdentifier.builder().key("never").build())));
    List<String> documents = SERVER.functions().next(2);
    assertThat(documents)
        .allSatisfy(document ->
            assertThat(document)
                .contains("\"eventName\":\"ObjectRemoved:Delete\"")
                .doesNotContain("eTag", "size", "versionId"))
        .anySatisfy(document -> assertThat(document).contains("\"key\":\"a\""))
        .anySatisfy(document -> assertThat(document).contains("\"key\":\"b\""));
  }

  @Test
  void versionsAreToldOfByTheirIds() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);
    client.putBucketVersioning(r ->
        r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    String version =
        client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("x")).versionId();
    String mark = client.deleteObject(r -> r.bucket(bucket).key("a")).versionId();
    client.deleteObject(r -> r.bucket(bucket).key("a").versionId(version));
    List<String> documents = SERVER.functions().next(3);
    assertThat(documents.get(0)).contains("ObjectCreated:Put", version);
    assertThat(documents.get(1)).contains("ObjectRemoved:DeleteMarkerCreated", mark);
    assertThat(documents.get(2)).contains("ObjectRemoved:Delete\"", version);
  }

  @Test
  void tagsAndAccessListsAreToldOf() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_TAGGING, Event.S3_OBJECT_ACL_PUT);
    client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("x"));
    Tag tag = Tag.builder().key("k").value("v").build();
    client.putObjectTagging(r -> r.bucket(bucket).key("a").tagging(t -> t.tagSet(tag)));
    client.deleteObjectTagging(r -> r.bucket(bucket).key("a"));
    client.putObjectAcl(r -> r.bucket(bucket).key("a").acl(ObjectCannedACL.PUBLIC_READ));
    assertThat(SERVER.functions().next(3))
        .extracting(TestFunctions::name)
        .containsExactly("ObjectTagging:Put", "ObjectTagging:Delete", "ObjectAcl:Put");
  }

  @Test
  void aUserIsNamedByTheIdOfTheAccount() throws Exception {
    String bucket = bucket(Event.S3_OBJECT_CREATED);
    try (S3Client ann = SERVER.clientOf("ann")) {
      client.putBucketAcl(r -> r.bucket(bucket).grantWrite("id=" + SERVER.account("ann").id()));
      ann.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("x"));
    }
    assertThat(SERVER.functions().next(1).getFirst())
        .contains("\"userIdentity\":{\"principalId\":\"" + SERVER.account("ann").id());
  }

  private static String bucket(Event... events) {
    return TestFunctions.told(SERVER.client(), SERVER.bucket(), events);
  }
}
