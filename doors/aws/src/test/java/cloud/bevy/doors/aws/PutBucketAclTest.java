package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

class PutBucketAclTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aCannedListLetsEverybodyList() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> list(SERVER.anonymous(), bucket));
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl(BucketCannedACL.PUBLIC_READ));
    assertThat(list(SERVER.anonymous(), bucket)).isEqualTo(1);
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () ->
            SERVER
                .anonymous()
                .putObject(r -> r.bucket(bucket).key("b"), RequestBody.fromString("x")));
  }

  @Test
  void aUserWhoIsNamedMayPut() {
    String bucket = SERVER.bucket();
    S3Client ann = SERVER.clientOf("ann");
    String id = SERVER.account("ann").id();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).grantWrite("id=" + id));
    ann.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("hers"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> list(ann, bucket));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> SERVER.clientOf("bob").deleteObject(r -> r.bucket(bucket).key("key")));
  }

  @Test
  void aListIsReadBackAsItWasSet() {
    String bucket = SERVER.bucket();
    var _ = SERVER.clientOf("ann");
    Owner owner = Owner.builder().id(SERVER.account("").id()).build();
    Grant grant =
        Grant.builder()
            .permission(Permission.READ_ACP)
            .grantee(
                Grantee.builder().type(Type.CANONICAL_USER).id(SERVER.account("ann").id()).build())
            .build();
    Grant everybody =
        Grant.builder()
            .permission(Permission.READ)
            .grantee(
                Grantee.builder()
                    .type(Type.GROUP)
                    .uri("http://acs.amazonaws.com/groups/global/AllUsers")
                    .build())
            .build();
    SERVER
        .client()
        .putBucketAcl(r ->
            r.bucket(bucket).accessControlPolicy(p -> p.owner(owner).grants(grant, everybody)));
    GetBucketAclResponse acl = SERVER.client().getBucketAcl(r -> r.bucket(bucket));
    assertThat(acl.grants()).hasSize(2);
    assertThat(acl.grants().get(1).grantee().displayName()).isEqualTo("ann");
    assertThat(acl.grants().get(1).permission()).isEqualTo(Permission.READ_ACP);
    assertThat(acl.grants().get(0).grantee().uri()).endsWith("AllUsers");
  }

  @Test
  void aUserWhoIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () -> SERVER.client().putBucketAcl(r -> r.bucket(bucket).grantRead("id=nobody")));
    S3Refusals.assertRefused(
        S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS,
        () ->
            SERVER
                .client()
                .putBucketAcl(r -> r.bucket(bucket).grantRead("emailAddress=a@example.org")));
  }

  @Test
  void aListIsRefusedWhereListsAreOff() {
    String bucket = SERVER.closedBucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        () -> SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read")));
  }

  @Test
  void aListForEverybodyIsRefusedWhereThatIsBlocked() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putPublicAccessBlock(
            r -> r.bucket(bucket).publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read")));
  }

  @Test
  void aDocumentThatIsNoListIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    for (String body : new String[] {"<a/>", "<", "<AccessControlPolicy/>"}) {
      assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "?acl").body(body).send())
          .startsWith("HTTP/1.1 400")
          .contains("<Code>MalformedACLError</Code>");
    }
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "?acl").send())
        .contains("<Code>MissingSecurityHeader</Code>");
  }

  private static int list(S3Client client, String bucket) {
    return client.listObjectsV2(r -> r.bucket(bucket)).keyCount();
  }
}
