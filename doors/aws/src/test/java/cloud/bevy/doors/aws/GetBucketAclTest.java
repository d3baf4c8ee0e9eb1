package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.Permission;

class GetBucketAclTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketIsItsOwnersAlone() {
    String bucket = SERVER.bucket();
    GetBucketAclResponse acl = SERVER.client().getBucketAcl(r -> r.bucket(bucket));
    assertThat(acl.owner().id()).isEqualTo(SERVER.account("").id());
    assertThat(acl.grants())
        .singleElement()
        .satisfies(grant -> {
          assertThat(grant.permission()).isEqualTo(Permission.FULL_CONTROL);
          assertThat(grant.grantee().id()).isEqualTo(SERVER.account("").id());
        });
  }

  @Test
  void whoIsNotAllowedToIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.clientOf("ann").getBucketAcl(r -> r.bucket(bucket)));
  }
}
