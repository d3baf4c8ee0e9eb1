package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketLogsPermission;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;
import software.amazon.awssdk.services.s3.model.PartitionDateSource;
import software.amazon.awssdk.services.s3.model.TargetGrant;
import software.amazon.awssdk.services.s3.model.Type;

class GetBucketLoggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whereNothingWasSetAccessesAreNotLogged() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled()).isNull();
  }

  @Test
  void targetAndPrefixAreSaidAsTheyWereSet() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    LoggingEnabled logging = logging(bucket);
    assertThat(logging.targetBucket()).isEqualTo(bucket.target());
    assertThat(logging.targetPrefix()).isEqualTo("log/");
    assertThat(logging.hasTargetGrants()).isFalse();
    assertThat(logging.targetObjectKeyFormat()).isNull();
  }

  @Test
  void theFormatOfKeysIsSaidAsItWasSet() {
    LoggedBucket bucket =
        LoggedBucket.on(SERVER, l -> l.targetObjectKeyFormat(f -> f.simplePrefix(p -> {})));
    assertThat(logging(bucket).targetObjectKeyFormat().simplePrefix()).isNotNull();
    for (PartitionDateSource source : PartitionDateSource.knownValues()) {
      bucket.log(l ->
          l.targetObjectKeyFormat(f -> f.partitionedPrefix(p -> p.partitionDateSource(source))));
      assertThat(logging(bucket).targetObjectKeyFormat().partitionedPrefix().partitionDateSource())
          .isEqualTo(source);
    }
  }

  @Test
  void grantsAreSaidAsTheyWereSet() {
    var _ = SERVER.clientOf("ann");
    TargetGrant grant =
        TargetGrant.builder()
            .permission(BucketLogsPermission.READ)
            .grantee(
                g -> g.type(Type.CANONICAL_USER).id(SERVER.account("ann").id()).displayName("ann"))
            .build();
    LoggedBucket bucket = LoggedBucket.on(SERVER, l -> l.targetGrants(grant));
    assertThat(logging(bucket).targetGrants()).containsExactly(grant);
  }

  private static LoggingEnabled logging(LoggedBucket bucket) {
    return SERVER.client().getBucketLogging(r -> r.bucket(bucket.name())).loggingEnabled();
  }
}
