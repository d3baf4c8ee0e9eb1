package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLogsPermission;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.TargetGrant;
import software.amazon.awssdk.services.s3.model.Type;

class PutBucketLoggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String GROUP = "http://acs.amazonaws.com/groups/s3/LogDelivery";

  @Test
  void whatIsDoneWithTheBucketIsLoggedInTheTarget() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER
        .client()
        .putObject(r -> r.bucket(bucket.name()).key("a/key"), RequestBody.fromString("text"));
    List<String> line = bucket.line("REST.PUT.OBJECT");
    assertThat(line).hasSize(LoggedBucket.FIELDS);
    assertThat(line.get(7)).isEqualTo("a/key");
    assertThat(bucket.keys())
        .allMatch(key -> key.matches("log/[0-9]{4}(-[0-9]{2}){5}-[0-9A-F]{16}"));
  }

  @Test
  void keysTellOwnerRegionBucketAndDayWhereThatIsAsked() {
    for (String source : List.of("DeliveryTime", "EventTime")) {
      LoggedBucket bucket =
          LoggedBucket.on(
              SERVER,
              l ->
                  l.targetObjectKeyFormat(
                      f -> f.partitionedPrefix(p -> p.partitionDateSource(source))));
      SERVER.client().headBucket(r -> r.bucket(bucket.name()));
      assertThat(bucket.line("REST.HEAD.BUCKET")).isNotEmpty();
      String second = source.equals("EventTime") ? "00-00-00" : "[0-9]{2}(-[0-9]{2}){2}";
      String folder = "log/%s/us-east-1/%s/".formatted(SERVER.account("").id(), bucket.name());
      assertThat(bucket.keys())
          .isNotEmpty()
          .allMatch(key ->
              key.matches(
                  folder
                      + "([0-9]{4})/([0-9]{2})/([0-9]{2})/\\1-\\2-\\3-"
                      + second
                      + "-[0-9A-F]{16}"));
    }
  }

  @Test
  void whomTheTargetsOwnerGrantsItMayReadLogObjects() {
    S3Client ann = SERVER.clientOf("ann");
    String id = SERVER.account("ann").id();
    LoggedBucket bucket =
        LoggedBucket.on(
            SERVER,
            l ->
                l.targetGrants(
                    TargetGrant.builder()
                        .permission(BucketLogsPermission.READ)
                        .grantee(to -> to.type(Type.CANONICAL_USER).id(id))
                        .build()));
    SERVER.client().headBucket(r -> r.bucket(bucket.name()));
    assertThat(bucket.line("REST.HEAD.BUCKET")).isNotEmpty();
    String key = bucket.keys().getFirst();
    assertThat(ann.getObjectAsBytes(r -> r.bucket(bucket.target()).key(key)).asUtf8String())
        .contains(bucket.name());
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> SERVER.clientOf("bob").getObjectAsBytes(r -> r.bucket(bucket.target()).key(key)));
  }

  @Test
  void logObjectsAreEncryptedWhereTheTargetEncrypts() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER
        .client()
        .putBucketEncryption(r ->
            r.bucket(bucket.target())
                .serverSideEncryptionConfiguration(c ->
                    c.rules(
                        ServerSideEncryptionRule.builder()
                            .applyServerSideEncryptionByDefault(
                                d -> d.sseAlgorithm(ServerSideEncryption.AES256))
                            .build())));
    SERVER.client().headBucket(r -> r.bucket(bucket.name()));
    assertThat(bucket.line("REST.HEAD.BUCKET")).isNotEmpty();
    String key = bucket.keys().getLast();
    assertThat(
            SERVER
                .client()
                .headObject(r -> r.bucket(bucket.target()).key(key))
                .serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AES256);
  }

  @Test
  void nothingIsDeliveredWhereThePolicyNoLongerAllowsIt() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER.client().headBucket(r -> r.bucket(bucket.name()));
    assertThat(bucket.line("REST.HEAD.BUCKET")).isNotEmpty();
    int before = bucket.keys().size();
    SERVER.client().deleteBucketPolicy(r -> r.bucket(bucket.target()));
    SERVER.client().getBucketLocation(r -> r.bucket(bucket.name()));
    SERVER.client().headBucket(r -> r.bucket(bucket.name())); // the one before is noted down
    assertThat(bucket.lines()).noneMatch(line -> line.get(6).equals("REST.GET.LOCATION"));
    assertThat(bucket.keys()).hasSize(before);
  }

  @Test
  void loggingMayBeSwitchedOff() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    SERVER.client().putBucketLogging(r -> r.bucket(bucket.name()).bucketLoggingStatus(s -> {}));
    assertThat(SERVER.client().getBucketLogging(r -> r.bucket(bucket.name())).loggingEnabled())
        .isNull();
  }

  @Test
  void aTargetThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, "not-there");
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, "No Bucket");
  }

  @Test
  void aTargetWhosePolicyDoesNotLetLogDeliveryPutObjectsIsRefused() {
    String bucket = SERVER.bucket();
    String target = SERVER.bucket();
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    String service = "logging.s3.amazonaws.com";
    setPolicy(target, "other.amazonaws.com", "s3:PutObject", "");
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    setPolicy(target, service, "s3:GetObject", "");
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    setPolicy(target, service, "s3:PutObject", condition("aws:SourceArn", "arn:aws:s3:::other"));
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    setPolicy(target, service, "s3:PutObject", condition("aws:SourceAccount", "other"));
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    setPolicy(target, service, "s3:PutObject", "");
    put(SERVER.client(), bucket, target, l -> {});
  }

  private static String condition(String key, String value) {
    return ", \"Condition\": {\"StringEquals\": {\"%s\": \"%s\"}}".formatted(key, value);
  }

  /// @param more further fields of its statement, with a comma before them
  private static void setPolicy(String target, String service, String action, String more) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Principal": {"Service": "%s"}, "Action": "%s", "Resource": "arn:aws:s3:::%s/*"%s}]}
        """
            .formatted(service, action, target, more);
    SERVER.client().putBucketPolicy(r -> r.bucket(target).policy(policy));
  }

  @Test
  void aTargetWhosePolicyNamesTheSourceIsTaken() {
    String bucket = SERVER.bucket();
    String target = SERVER.bucket();
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": ["s3:PutObject"],
         "Resource": "arn:aws:s3:::%s/log/*",
         "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::%s"},
          "StringEquals": {"aws:SourceAccount": "%s"}}}]}
        """
            .formatted(target, bucket, SERVER.account("").id());
    SERVER.client().putBucketPolicy(r -> r.bucket(target).policy(policy));
    put(SERVER.client(), bucket, target, l -> {});
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, SERVER.bucket(), target);
  }

  @Test
  void anAccessListMustLetTheLogDeliveryGroupWriteAndReadTheList() throws IOException {
    String bucket = SERVER.bucket();
    String target = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(target).grantWrite("uri=" + GROUP));
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, bucket, target);
    SERVER
        .client()
        .putBucketAcl(
            r -> r.bucket(target).grantWrite("uri=" + GROUP).grantReadACP("uri=" + GROUP));
    put(SERVER.client(), bucket, target, l -> {});
    String canned = SERVER.bucket();
    String answer =
        new RawS3(SERVER, "PUT", "/" + canned + "?acl")
            .header("x-amz-acl", "log-delivery-write")
            .send();
    assertThat(answer).startsWith("HTTP/1.1 200");
    put(SERVER.client(), bucket, canned, l -> {});
  }

  @Test
  void aTargetOfAnotherOwnerIsRefused() {
    S3Client ann = SERVER.clientOf("ann");
    ann.createBucket(r -> r.bucket("anns-bucket"));
    String target = SERVER.bucket();
    LoggedBucket.letIn(SERVER, target);
    S3Refusals.assertRefused(
        S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, () -> put(ann, "anns-bucket", target, l -> {}));
  }

  @Test
  void aTargetInAnotherRegionIsRefused() {
    String target = "bucket-in-europe";
    SERVER
        .client()
        .createBucket(r ->
            r.bucket(target).createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    LoggedBucket.letIn(SERVER, target);
    assertRefused(S3Error.CROSS_LOCATION_LOGGING_PROHIBITED, SERVER.bucket(), target);
  }

  @Test
  void onlyTheBucketsOwnerMayHaveItLogged() {
    LoggedBucket bucket = LoggedBucket.on(SERVER);
    String policy = Policies.of("Allow", "s3:PutBucketLogging", bucket.name(), "");
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket.name()).policy(policy));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () ->
            SERVER
                .clientOf("ann")
                .putBucketLogging(r -> r.bucket(bucket.name()).bucketLoggingStatus(s -> {})));
  }

  @Test
  void grantsAreRefusedWhereTheTargetHasNoAccessLists() {
    String target = SERVER.closedBucket();
    LoggedBucket.letIn(SERVER, target);
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        () ->
            put(
                SERVER.client(),
                bucket,
                target,
                l ->
                    l.targetGrants(
                        TargetGrant.builder()
                            .permission(BucketLogsPermission.READ)
                            .grantee(to -> to.type(Type.GROUP).uri(GROUP))
                            .build())));
    put(SERVER.client(), bucket, target, l -> {});
  }

  @Test
  void aTargetWithADefaultRetentionIsRefused() {
    String target = "locked-bucket";
    SERVER.client().createBucket(r -> r.bucket(target).objectLockEnabledForBucket(true));
    LoggedBucket.letIn(SERVER, target);
    put(SERVER.client(), SERVER.bucket(), target, l -> {});
    SERVER
        .client()
        .putObjectLockConfiguration(r ->
            r.bucket(target)
                .objectLockConfiguration(c ->
                    c.objectLockEnabled("Enabled")
                        .rule(rule ->
                            rule.defaultRetention(
                                d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(1)))));
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, SERVER.bucket(), target);
  }

  @Test
  void aTargetThatEncryptsUnderAKeyWithANameIsRefused() {
    String target = SERVER.bucket();
    LoggedBucket.letIn(SERVER, target);
    SERVER
        .client()
        .putBucketEncryption(r ->
            r.bucket(target)
                .serverSideEncryptionConfiguration(c ->
                    c.rules(
                        ServerSideEncryptionRule.builder()
                            .applyServerSideEncryptionByDefault(
                                d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS))
                            .build())));
    assertRefused(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, SERVER.bucket(), target);
  }

  @Test
  void grantsAndKeyFormatsThatAreNoneAreMalformed() {
    String target = SERVER.bucket();
    LoggedBucket.letIn(SERVER, target);
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            put(
                SERVER.client(),
                bucket,
                target,
                l ->
                    l.targetObjectKeyFormat(
                        f -> f.partitionedPrefix(p -> p.partitionDateSource("Yesterday")))));
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            put(
                SERVER.client(),
                bucket,
                target,
                l ->
                    l.targetGrants(
                        TargetGrant.builder()
                            .permission("READ_ACP")
                            .grantee(to -> to.type(Type.GROUP).uri(GROUP))
                            .build())));
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            put(
                SERVER.client(),
                bucket,
                target,
                l ->
                    l.targetObjectKeyFormat(
                        f -> f.simplePrefix(p -> {}).partitionedPrefix(p -> {}))));
  }

  private static void assertRefused(S3Error error, String bucket, String target) {
    S3Refusals.assertRefused(error, () -> put(SERVER.client(), bucket, target, l -> {}));
  }

  private static void put(
      S3Client client, String bucket, String target, Consumer<LoggingEnabled.Builder> more) {
    LoggingEnabled.Builder logging =
        LoggingEnabled.builder().targetBucket(target).targetPrefix("log/");
    more.accept(logging);
    client.putBucketLogging(
        r -> r.bucket(bucket).bucketLoggingStatus(s -> s.loggingEnabled(logging.build())));
  }
}
