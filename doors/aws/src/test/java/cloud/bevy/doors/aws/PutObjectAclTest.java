package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class PutObjectAclTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anObjectMayBeForEverybodyToRead() {
    String bucket = SERVER.bucket();
    put(SERVER.client(), bucket, "key");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "key"));
    SERVER.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl("public-read"));
    assertThat(get(SERVER.anonymous(), bucket, "key")).isEqualTo("key");
    SERVER.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl("private"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), bucket, "key"));
  }

  @Test
  void anObjectStaysAsItIs() {
    String bucket = SERVER.bucket();
    put(SERVER.client(), bucket, "key");
    HeadObjectResponse before = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    SERVER.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl("authenticated-read"));
    HeadObjectResponse after = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(after.eTag()).isEqualTo(before.eTag());
    assertThat(after.lastModified()).isEqualTo(before.lastModified());
    assertThat(get(SERVER.clientOf("ann"), bucket, "key")).isEqualTo("key");
  }

  @Test
  void whoPutAnObjectSaysWhoMayReadIt() {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read-write"));
    S3Client ann = SERVER.clientOf("ann");
    put(ann, bucket, "hers");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.client(), bucket, "hers"));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> SERVER.client().putObjectAcl(r -> r.bucket(bucket).key("hers").acl("private")));
    ann.putObjectAcl(r -> r.bucket(bucket).key("hers").acl("bucket-owner-read"));
    assertThat(get(SERVER.client(), bucket, "hers")).isEqualTo("hers");
    assertThat(SERVER.client().listObjects(r -> r.bucket(bucket)).contents().getFirst().owner())
        .satisfies(owner -> assertThat(owner.displayName()).isEqualTo("ann"));
  }

  @Test
  void aListMayComeWithTheObject() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").acl("public-read"), RequestBody.fromString("x"));
    assertThat(get(SERVER.anonymous(), bucket, "key")).isEqualTo("x");
  }

  @Test
  void aListIsRefusedWhereListsAreOff() {
    String bucket = SERVER.closedBucket();
    put(SERVER.client(), bucket, "key");
    S3Refusals.assertRefused(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        () -> SERVER.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl("public-read")));
    S3Refusals.assertRefused(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        () ->
            SERVER
                .client()
                .putObject(
                    r -> r.bucket(bucket).key("key").acl("public-read"),
                    RequestBody.fromString("x")));
  }

  @Test
  void twoListsAtOnceAreRefused() {
    String bucket = SERVER.bucket();
    put(SERVER.client(), bucket, "key");
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            SERVER
                .client()
                .putObjectAcl(r ->
                    r.bucket(bucket)
                        .key("key")
                        .acl("private")
                        .grantRead("id=" + SERVER.account("").id())));
  }

  private static void put(S3Client client, String bucket, String key) {
    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
  }

  private static String get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }
}
