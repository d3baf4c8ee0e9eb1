package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

class PutBucketPolicyTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aPolicyLetsEverybodyRead() {
    String bucket = SERVER.bucket();
    put(bucket, "open/key");
    put(bucket, "closed/key");
    setPolicy(bucket, policy("Allow", "s3:GetObject", bucket + "/open/*", ""));
    assertThat(get(SERVER.anonymous(), bucket, "open/key")).isEqualTo("open/key");
    assertThat(get(SERVER.clientOf("ann"), bucket, "open/key")).isEqualTo("open/key");
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "closed/key"));
  }

  @Test
  void whatIsForbiddenIsForbiddenToTheOwnerToo() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    setPolicy(bucket, policy("Deny", "s3:*", bucket + "/*", ""));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.client(), bucket, "key"));
    setPolicy(bucket, policy("Deny", "s3:*", bucket, ""));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.client().listObjectsV2(r -> r.bucket(bucket)));
    SERVER.client().deleteBucketPolicy(r -> r.bucket(bucket));
    assertThat(get(SERVER.client(), bucket, "key")).isEqualTo("key");
  }

  @Test
  void aPolicyNamesAUser() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    String principal = "arn:aws:iam:::user/ann";
    setPolicy(
        bucket,
        policy("Allow", "s3:Get*", bucket + "/*", "").replace("\"*\"}", '"' + principal + "\"}"));
    assertThat(get(SERVER.clientOf("ann"), bucket, "key")).isEqualTo("key");
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> get(SERVER.clientOf("bob"), bucket, "key"));
  }

  @Test
  void aConditionMustHold() {
    String bucket = SERVER.bucket();
    String prefix = ", \"Condition\": {\"StringLike\": {\"s3:prefix\": \"open*\"}}";
    setPolicy(bucket, policy("Allow", "s3:ListBucket", bucket, prefix));
    S3Client anybody = SERVER.anonymous();
    assertThat(anybody.listObjectsV2(r -> r.bucket(bucket).prefix("open/")).keyCount()).isZero();
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> anybody.listObjectsV2(r -> r.bucket(bucket)));
    String address = ", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"192.0.2.0/24\"}}";
    setPolicy(bucket, policy("Allow", "s3:ListBucket", bucket, address));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> anybody.listObjectsV2(r -> r.bucket(bucket)));
  }

  @Test
  void whatIsNotThereIsToldOnlyToThoseWhoMayList() {
    String bucket = SERVER.bucket();
    setPolicy(bucket, policy("Allow", "s3:GetObject", bucket + "/*", ""));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "no"));
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read"));
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> get(SERVER.anonymous(), bucket, "no"));
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("private"));
    String prefix = ", \"Condition\": {\"StringLike\": {\"s3:prefix\": \"open/*\"}}";
    setPolicy(bucket, policy("Allow", "s3:ListBucket", bucket, prefix));
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> get(SERVER.anonymous(), bucket, "open/no"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "no"));
  }

  @Test
  void theSourceOfACopyMustBeReadable() {
    String from = SERVER.bucket();
    put(from, "key");
    S3Client ann = SERVER.clientOf("ann");
    ann.createBucket(r -> r.bucket(from + "-anns"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> copy(ann, from, from + "-anns"));
    setPolicy(from, policy("Allow", "s3:GetObject", from + "/*", ""));
    copy(ann, from, from + "-anns");
    assertThat(get(ann, from + "-anns", "key")).isEqualTo("key");
  }

  @Test
  void eachObjectThatIsDeletedIsAskedFor() {
    String bucket = SERVER.bucket();
    put(bucket, "keep/a");
    put(bucket, "b");
    setPolicy(bucket, policy("Deny", "s3:DeleteObject", bucket + "/keep/*", ""));
    DeleteObjectsResponse said =
        SERVER
            .client()
            .deleteObjects(
                r -> r.bucket(bucket).delete(d -> d.objects(object("keep/a"), object("b"))));
    assertThat(said.deleted()).extracting(DeletedObject::key).containsExactly("b");
    assertThat(said.errors())
        .extracting(software.amazon.awssdk.services.s3.model.S3Error::code)
        .containsExactly("AccessDenied");
    assertThat(get(SERVER.client(), bucket, "keep/a")).isEqualTo("keep/a");
  }

  @Test
  void aPolicyForEverybodyIsRefusedWhereThatIsBlocked() {
    String bucket = SERVER.closedBucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> setPolicy(bucket, policy("Allow", "s3:GetObject", bucket + "/*", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"Version\": \"2012-10-17\", \"Statement\": []}",
        "{\"Version\": \"1\", \"Statement\": [{}]}",
        "x"
      })
  void whatIsNoPolicyIsRefused(String text) throws IOException {
    String bucket = SERVER.bucket();
    String answer = new RawS3(SERVER, "PUT", "/" + bucket + "?policy").body(text).send();
    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .containsPattern("<Code>(MalformedPolicy|MissingRequestBodyError)</Code>");
  }

  @Test
  void aPolicyForAnotherBucketIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.MALFORMED_POLICY,
        () -> setPolicy(bucket, policy("Deny", "s3:GetObject", "other/*", "")));
  }

  @Test
  void aUserMayNotSetAnothersPolicy() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () ->
            SERVER
                .clientOf("ann")
                .putBucketPolicy(r -> r.bucket(bucket).policy(policy("Deny", "s3:*", bucket, ""))));
  }

  @Test
  void aConditionSeesTheTagsOfTheObject() {
    String bucket = SERVER.bucket();
    for (String team : new String[] {"red", "blue"}) {
      SERVER
          .client()
          .putObject(
              r -> r.bucket(bucket).key(team).tagging("team=" + team),
              RequestBody.fromString(team));
    }
    String red = ", \"Condition\": {\"StringEquals\": {\"s3:ExistingObjectTag/team\": \"red\"}}";
    setPolicy(bucket, policy("Deny", "s3:GetObject", bucket + "/*", red));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.client(), bucket, "red"));
    assertThat(get(SERVER.client(), bucket, "blue")).isEqualTo("blue");
    setPolicy(bucket, policy("Allow", "s3:GetObject", bucket + "/*", red));
    assertThat(get(SERVER.anonymous(), bucket, "red")).isEqualTo("red");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "blue"));
  }

  private static ObjectIdentifier object(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  private static void setPolicy(String bucket, String policy) {
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
  }

  private static void copy(S3Client client, String from, String to) {
    client.copyObject(
        r -> r.sourceBucket(from).sourceKey("key").destinationBucket(to).destinationKey("key"));
  }

  private static void put(String bucket, String key) {
    SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
  }

  private static String get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  private static String policy(String effect, String action, String resource, String more) {
    return Policies.of(effect, action, resource, more);
  }
}
