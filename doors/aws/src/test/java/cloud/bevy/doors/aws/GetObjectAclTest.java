package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Permission;

class GetObjectAclTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anObjectIsItsOwnersAlone() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    GetObjectAclResponse acl = SERVER.client().getObjectAcl(r -> r.bucket(bucket).key("key"));
    assertThat(acl.owner().id()).isEqualTo(SERVER.account("").id());
    assertThat(acl.grants())
        .singleElement()
        .satisfies(grant -> assertThat(grant.permission()).isEqualTo(Permission.FULL_CONTROL));
  }

  @Test
  void anObjectThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () -> SERVER.client().getObjectAcl(r -> r.bucket(bucket).key("nothing")));
  }
}
