package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Buckets;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

class PutBucketLifecycleConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String DAY = "<Expiration><Days>1</Days></Expiration>";
  private static final String PAST = "<Expiration><Date>2020-01-01</Date></Expiration>";
  private static final String ALL = "<Filter><Prefix></Prefix></Filter>";

  @Test
  void anObjectSaysWhenWhichRuleWillDeleteIt() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketLifecycleConfiguration(r ->
            r.bucket(bucket)
                .lifecycleConfiguration(c ->
                    c.rules(
                        rule("late", 10).filter(f -> f.prefix("")).build(),
                        rule("soon/&", 2)
                            .filter(f ->
                                f.and(a ->
                                    a.prefix("logs/")
                                        .tags(Tag.builder().key("a").value("b").build())
                                        .objectSizeGreaterThan(3L)))
                            .build(),
                        rule("off", 1)
                            .status(ExpirationStatus.DISABLED)
                            .filter(f -> f.prefix(""))
                            .build())));
    assertExpires(put(bucket, "logs/a", "a=b", "hello"), 2, "soon%2F%26");
    assertExpires(put(bucket, "logs/a", "a=c", "hello"), 10, "late");
    assertExpires(put(bucket, "logs/a", "a=b", "hey"), 10, "late");
    assertExpires(put(bucket, "other", "a=b", "hello"), 10, "late");
    assertExpires(
        SERVER.client().headObject(r -> r.bucket(bucket).key("other")).expiration(), 10, "late");
    assertExpires(
        SERVER
            .client()
            .getObjectAsBytes(r -> r.bucket(bucket).key("other"))
            .response()
            .expiration(),
        10,
        "late");
  }

  @Test
  void anObjectThatNoRuleDeletesSaysNothing() {
    String bucket = SERVER.bucket();
    assertThat(put(bucket, "key", "", "hello")).isNull();
  }

  @Test
  void whatIsDueIsDeletedAndNothingElse() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, "logs/a", "a=b", "hello");
    put(bucket, "logs/b", "a=c", "hello");
    put(bucket, "other", "a=b", "hello");
    String filter =
        "<Filter><And><Prefix>logs/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>";
    putRules(bucket, rule("", filter, PAST));
    ring(bucket);
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents())
        .extracting(S3Object::key)
        .containsExactly("logs/b", "other");
  }

  @Test
  void whereVersionsAreKeptADeleteMarkerIsMadeAndLocksDoNotKeepItOff() throws IOException {
    String bucket = LockableBucket.on(SERVER, "lockable").name();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").objectLockLegalHoldStatus("ON"),
            RequestBody.fromString("hello"));
    putRules(bucket, rule("", ALL, PAST));
    ring(bucket);
    ring(bucket);
    ListObjectVersionsResponse all = SERVER.client().listObjectVersions(r -> r.bucket(bucket));
    assertThat(all.versions()).hasSize(1);
    assertThat(all.deleteMarkers()).hasSize(1);
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () -> SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")));
  }

  @Test
  void aMultipartUploadIsNotAbortedBeforeItsTime() throws IOException {
    String bucket = SERVER.bucket();
    SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key"));
    putRules(
        bucket,
        rule(
            "",
            ALL,
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
                + "</AbortIncompleteMultipartUpload>"));
    Instant again = ring(bucket).orElseThrow();
    assertThat(again)
        .isEqualTo(again.truncatedTo(ChronoUnit.DAYS))
        .isAfter(Instant.now().plus(1, ChronoUnit.DAYS).minusSeconds(9));
    assertThat(SERVER.client().listMultipartUploads(r -> r.bucket(bucket)).uploads()).hasSize(1);
  }

  @Test
  void anUploadSaysWhenWhichRuleWillAbortIt() throws IOException {
    String bucket = SERVER.bucket();
    putRules(
        bucket,
        rule(
            "<ID>stale &amp; old</ID>",
            "<Filter><Prefix>up/</Prefix></Filter>",
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation>"
                + "</AbortIncompleteMultipartUpload>"));
    CreateMultipartUploadResponse begun =
        SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("up/a"));
    Instant latest = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(3, ChronoUnit.DAYS);
    assertThat(begun.abortDate()).isIn(latest, latest.minus(1, ChronoUnit.DAYS));
    assertThat(begun.abortRuleId()).isEqualTo("stale & old");
    ListPartsResponse listed =
        SERVER.client().listParts(r -> r.bucket(bucket).key("up/a").uploadId(begun.uploadId()));
    assertThat(listed.abortDate()).isEqualTo(begun.abortDate());
    assertThat(listed.abortRuleId()).isEqualTo(begun.abortRuleId());
    assertThat(SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("b")).abortDate())
        .isNull();
  }

  @Test
  void anObjectIsMovedToTheClassOfArchivesThatAreReadAtOnce() throws IOException {
    String bucket = SERVER.bucket();
    String large = "x".repeat(128 << 10);
    put(bucket, "large", "", large);
    put(bucket, "small", "", "hello");
    putRules(
        bucket,
        rule(
            "",
            ALL,
            "<Transition><Date>2020-01-01</Date><StorageClass>GLACIER</StorageClass>"
                + "</Transition>"));
    ring(bucket);
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("large"));
    assertThat(head.storageClassAsString()).isEqualTo("GLACIER_IR");
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("large")).asUtf8String())
        .isEqualTo(large);
    assertThat(
            SERVER.client().headObject(r -> r.bucket(bucket).key("small")).storageClassAsString())
        .isNull();
  }

  @Test
  void idsAreUniqueAndHaveAtMost255Characters() throws IOException {
    String longest = "i".repeat(255);
    assertThat(put(rule("<ID>" + longest + "</ID>", ALL, DAY))).startsWith("HTTP/1.1 200");
    assertRefused("InvalidArgument", rule("<ID>" + longest + "i</ID>", ALL, DAY));
    assertRefused("InvalidArgument", rule("<ID>a</ID>", ALL, DAY).repeat(2));
    assertRefused("InvalidArgument", rule("<ID>a&#10;b: c</ID>", ALL, DAY));
  }

  @Test
  void daysArePositive() throws IOException {
    assertRefused("InvalidArgument", rule("", ALL, "<Expiration><Days>0</Days></Expiration>"));
    assertRefused("InvalidArgument", rule("", ALL, "<Expiration><Days>-1</Days></Expiration>"));
    assertRefused(
        "InvalidArgument",
        rule(
            "",
            ALL,
            "<NoncurrentVersionExpiration><NoncurrentDays>0</NoncurrentDays>"
                + "</NoncurrentVersionExpiration>"));
    assertRefused(
        "InvalidArgument",
        rule(
            "",
            ALL,
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>0</DaysAfterInitiation>"
                + "</AbortIncompleteMultipartUpload>"));
  }

  @Test
  void aDateIsAtMidnight() throws IOException {
    assertThat(put(rule("", ALL, date("2030-01-01T00:00:00.000Z")))).startsWith("HTTP/1.1 200");
    assertThat(put(rule("", ALL, date("2030-01-01")))).startsWith("HTTP/1.1 200");
    assertRefused("InvalidArgument", rule("", ALL, date("2030-01-01T01:00:00Z")));
    assertRefused("MalformedXML", rule("", ALL, date("tomorrow")));
  }

  @Test
  void aRuleHasAStatusAFilterOrAPrefixAndAnAction() throws IOException {
    assertRefused("MalformedXML", rule("", ALL, DAY).replace("Enabled", "enabled"));
    assertRefused("MalformedXML", rule("", "", DAY));
    assertRefused("MalformedXML", rule("", ALL + "<Prefix>a</Prefix>", DAY));
    assertRefused("InvalidRequest", rule("", ALL, ""));
    assertRefused("MalformedXML", "");
    assertRefused("MalformedXML", rule("", ALL, DAY + "<Other/>"));
  }

  @Test
  void aFilterHasOneConditionOrSaysThatAllMustHold() throws IOException {
    String tag = "<Tag><Key>a</Key><Value>b</Value></Tag>";
    assertRefused("MalformedXML", rule("", "<Filter><Prefix>a</Prefix>" + tag + "</Filter>", DAY));
    assertRefused("MalformedXML", rule("", "<Filter><And>" + tag + "</And></Filter>", DAY));
    assertRefused("InvalidRequest", rule("", "<Filter><And>" + tag + tag + "</And></Filter>", DAY));
    assertRefused(
        "InvalidRequest",
        rule(
            "",
            "<Filter><And><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan>"
                + "<ObjectSizeLessThan>5</ObjectSizeLessThan></And></Filter>",
            DAY));
  }

  @Test
  void uploadsAndDeleteMarkersHaveNoTagsToLookAt() throws IOException {
    String tagged = "<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter>";
    assertRefused(
        "InvalidRequest",
        rule(
            "",
            tagged,
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
                + "</AbortIncompleteMultipartUpload>"));
    assertRefused(
        "InvalidRequest",
        rule(
            "",
            tagged,
            "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>"
                + "</Expiration>"));
  }

  @Test
  void anObjectIsMovedBeforeItIsDeletedAndToEachClassOnce() throws IOException {
    assertThat(put(rule("", ALL, expiration(31) + transition(30, "STANDARD_IA"))))
        .startsWith("HTTP/1.1 200");
    assertRefused("InvalidArgument", rule("", ALL, expiration(5) + transition(5, "GLACIER")));
    assertRefused("InvalidArgument", rule("", ALL, transition(29, "STANDARD_IA")));
    assertRefused(
        "InvalidRequest", rule("", ALL, transition(1, "GLACIER") + transition(2, "GLACIER")));
    assertRefused("InvalidRequest", rule("", ALL, date("2030-01-01") + transition(2, "GLACIER")));
    assertRefused("MalformedXML", rule("", ALL, transition(1, "STANDARD")));
  }

  @Test
  void aBucketHasAtMost1000Rules() throws IOException {
    assertThat(put(rule("", ALL, DAY).repeat(1000))).startsWith("HTTP/1.1 200");
    assertRefused("InvalidRequest", rule("", ALL, DAY).repeat(1001));
  }

  private static LifecycleRule.Builder rule(String id, int days) {
    return LifecycleRule.builder()
        .id(id)
        .status(ExpirationStatus.ENABLED)
        .expiration(e -> e.days(days));
  }

  private static @Nullable String put(String bucket, String key, String tagging, String text) {
    return SERVER
        .client()
        .putObject(r -> r.bucket(bucket).key(key).tagging(tagging), RequestBody.fromString(text))
        .expiration();
  }

  private static void assertExpires(@Nullable String header, int days, String rule) {
    Instant latest = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(days + 1, ChronoUnit.DAYS);
    String other = expiry(latest.minus(1, ChronoUnit.DAYS), rule);
    assertThat(header).isIn(expiry(latest, rule), other);
  }

  private static String expiry(Instant moment, String rule) {
    return "expiry-date=\"" + HttpDates.http(moment) + "\", rule-id=\"" + rule + "\"";
  }

  private static String rule(String id, String filter, String actions) {
    return "<Rule>" + id + filter + "<Status>Enabled</Status>" + actions + "</Rule>";
  }

  private static String date(String date) {
    return "<Expiration><Date>" + date + "</Date></Expiration>";
  }

  private static String expiration(int days) {
    return "<Expiration><Days>" + days + "</Days></Expiration>";
  }

  private static String transition(int days, String storageClass) {
    return "<Transition><Days>%d</Days><StorageClass>%s</StorageClass></Transition>"
        .formatted(days, storageClass);
  }

  private static void putRules(String bucket, String rules) throws IOException {
    assertThat(
            new RawS3(SERVER, "PUT", "/" + bucket + "?lifecycle")
                .body("<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>")
                .send())
        .startsWith("HTTP/1.1 200");
  }

  /// Has what is due be done, as the machine does when it wakes the cloud.
  ///
  /// @return when there is something to do again
  private static Optional<Instant> ring(String bucket) {
    try (Lease lease = SERVER.clouds().open("home").orElseThrow()) {
      return Buckets.in(lease.cloud()).ring("lifecycle/" + bucket, () -> false);
    }
  }

  private static String put(String rules) throws IOException {
    return new RawS3(SERVER, "PUT", "/" + SERVER.bucket() + "?lifecycle")
        .body("<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>")
        .send();
  }

  private static void assertRefused(String code, String rules) throws IOException {
    assertThat(put(rules))
        .as(rules)
        .startsWith("HTTP/1.1 400")
        .contains("<Code>" + code + "</Code>");
  }
}
