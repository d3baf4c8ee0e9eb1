package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

class PutBucketOwnershipControlsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aRuleIsReadBack() {
    String bucket = SERVER.bucket();
    put(bucket, ObjectOwnership.BUCKET_OWNER_PREFERRED);
    assertThat(ownership(bucket)).isEqualTo("BucketOwnerPreferred");
  }

  @Test
  void thePreferredOwnerOwnsWhatIsGivenToIt() {
    String bucket = SERVER.bucket();
    put(bucket, ObjectOwnership.BUCKET_OWNER_PREFERRED);
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read-write"));
    S3Client ann = SERVER.clientOf("ann");
    ann.putObject(r -> r.bucket(bucket).key("hers"), RequestBody.fromString("x"));
    ann.putObject(
        r -> r.bucket(bucket).key("given").acl("bucket-owner-full-control"),
        RequestBody.fromString("x"));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> SERVER.client().getObjectAcl(r -> r.bucket(bucket).key("hers")));
    assertThat(SERVER.client().getObjectAcl(r -> r.bucket(bucket).key("given")).owner().id())
        .isEqualTo(SERVER.account("").id());
  }

  @Test
  void listsCannotBeTurnedOffWhileOneLetsOthersIn() {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read"));
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP,
        () -> put(bucket, ObjectOwnership.BUCKET_OWNER_ENFORCED));
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("private"));
    put(bucket, ObjectOwnership.BUCKET_OWNER_ENFORCED);
    assertThat(ownership(bucket)).isEqualTo("BucketOwnerEnforced");
  }

  private static void put(String bucket, ObjectOwnership ownership) {
    OwnershipControlsRule rule = OwnershipControlsRule.builder().objectOwnership(ownership).build();
    SERVER
        .client()
        .putBucketOwnershipControls(r -> r.bucket(bucket).ownershipControls(c -> c.rules(rule)));
  }

  private static String ownership(String bucket) {
    return SERVER
        .client()
        .getBucketOwnershipControls(r -> r.bucket(bucket))
        .ownershipControls()
        .rules()
        .getFirst()
        .objectOwnershipAsString();
  }
}
