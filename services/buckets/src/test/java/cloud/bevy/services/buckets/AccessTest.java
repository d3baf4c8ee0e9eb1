package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Access.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what, as tables. The bucket `photos` is the owner's; the object `a/cat` in it is the
/// owner's too, unless it is said to be ann's.
class AccessTest {
  private static final Account OWNER = new Account("", "owner-id", "home");
  private static final Account ANN = new Account("ann", "a".repeat(64), "ann");

  private static final String EVERYBODY_GETS = statement("Allow", "*", "s3:GetObject", "/*");
  private static final String NOBODY_GETS = statement("Deny", "*", "s3:GetObject", "/*");
  private static final String ANN_GETS =
      statement("Allow", "arn:aws:iam:::user/ann", "s3:GetObject", "/a/*");
  private static final String LOCKED_OUT = statement("Deny", "*", "s3:*", "");

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "owner, s3:GetObject, ALLOWED",
    "owner, s3:PutObject, ALLOWED",
    "owner, s3:DeleteBucket, ALLOWED",
    "owner, s3:PutBucketPolicy, ALLOWED",
    "ann, s3:GetObject, NOT_ALLOWED",
    "ann, s3:ListBucket, NOT_ALLOWED",
    "ann, s3:PutBucketPolicy, NOT_ALLOWED",
    "nobody, s3:GetObject, NOT_ALLOWED",
    "nobody, s3:PutObject, NOT_ALLOWED"
  })
  void aBucketIsItsOwnersAlone(String who, String action, Decision decision) {
    assertThat(decide(who, action, new Bucket())).isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "READ, s3:ListBucket, ALLOWED",
    "READ, s3:ListBucketVersions, ALLOWED",
    "READ, s3:GetObject, NOT_ALLOWED",
    "READ, s3:PutObject, NOT_ALLOWED",
    "WRITE, s3:PutObject, ALLOWED",
    "WRITE, s3:DeleteObject, ALLOWED",
    "WRITE, s3:ListBucket, NOT_ALLOWED",
    "WRITE, s3:PutBucketAcl, NOT_ALLOWED",
    "READ_ACP, s3:GetBucketAcl, ALLOWED",
    "READ_ACP, s3:PutBucketAcl, NOT_ALLOWED",
    "WRITE_ACP, s3:PutBucketAcl, ALLOWED",
    "FULL_CONTROL, s3:ListBucket, ALLOWED",
    "FULL_CONTROL, s3:PutObject, ALLOWED",
    "FULL_CONTROL, s3:GetObject, NOT_ALLOWED",
    "FULL_CONTROL, s3:DeleteBucket, NOT_ALLOWED",
    "FULL_CONTROL, s3:PutBucketPolicy, NOT_ALLOWED"
  })
  void aGrantOnABucketIsForTheBucket(Permission given, String action, Decision decision) {
    Bucket bucket = new Bucket().open().grant(new Grantee.User("ann"), given);
    assertThat(decide("ann", action, bucket)).isEqualTo(decision);
    assertThat(decide("nobody", action, bucket)).isEqualTo(Decision.NOT_ALLOWED);
    assertThat(decide("ann", action, bucket.with(Ownership.BUCKET_OWNER_ENFORCED)))
        .isEqualTo(Decision.NOT_ALLOWED);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "ALL_USERS, nobody, false, ALLOWED",
    "ALL_USERS, ann, false, ALLOWED",
    "ALL_USERS, ann, true, NOT_ALLOWED",
    "AUTHENTICATED_USERS, nobody, false, NOT_ALLOWED",
    "AUTHENTICATED_USERS, ann, false, ALLOWED",
    "AUTHENTICATED_USERS, ann, true, NOT_ALLOWED",
    "LOG_DELIVERY, ann, false, NOT_ALLOWED"
  })
  void groupsAreLetInUnlessThatIsIgnored(
      Grantee.Group group, String who, boolean ignored, Decision decision) {
    Bucket bucket = new Bucket().open().grant(group, Permission.READ);
    bucket.block = new PublicAccessBlock(false, ignored, false, false);
    assertThat(decide(who, "s3:ListBucket", bucket)).isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "ann, s3:GetObject, ALLOWED",
    "ann, s3:PutObjectAcl, ALLOWED",
    "ann, s3:GetObjectTagging, ALLOWED",
    "ann, s3:PutObject, NOT_ALLOWED",
    "ann, s3:DeleteObject, NOT_ALLOWED",
    "owner, s3:GetObject, NOT_ALLOWED",
    "owner, s3:GetObjectAcl, NOT_ALLOWED",
    "owner, s3:DeleteObject, ALLOWED",
    "owner, s3:PutObject, ALLOWED",
    "nobody, s3:GetObject, NOT_ALLOWED"
  })
  void anObjectOfAnotherIsNotTheBucketOwners(String who, String action, Decision decision) {
    Bucket bucket = new Bucket().open();
    bucket.object = new ObjectAccess(Optional.of("ann"), Optional.empty());
    assertThat(decide(who, action, bucket)).isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "nobody, s3:GetObject, ALLOWED",
    "nobody, s3:GetObjectVersion, ALLOWED",
    "nobody, s3:GetObjectAcl, NOT_ALLOWED",
    "nobody, s3:PutObject, NOT_ALLOWED",
    "ann, s3:PutObjectAcl, ALLOWED",
    "ann, s3:GetObject, ALLOWED"
  })
  void aGrantOnAnObjectIsForTheObject(String who, String action, Decision decision) {
    Bucket bucket = new Bucket().open();
    Acl acl =
        new Acl(
            List.of(
                new Grant(Grantee.Group.ALL_USERS, Permission.READ),
                new Grant(new Grantee.User("ann"), Permission.WRITE_ACP)));
    bucket.object = new ObjectAccess(Optional.empty(), Optional.of(acl));
    assertThat(decide(who, action, bucket)).isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "EVERYBODY_GETS, nobody, s3:GetObject, ALLOWED",
    "EVERYBODY_GETS, nobody, s3:PutObject, NOT_ALLOWED",
    "EVERYBODY_GETS, ann, s3:GetObject, ALLOWED",
    "ANN_GETS, ann, s3:GetObject, ALLOWED",
    "ANN_GETS, nobody, s3:GetObject, NOT_ALLOWED",
    "ANN_GETS, ann, s3:ListBucket, NOT_ALLOWED",
    "NOBODY_GETS, owner, s3:GetObject, DENIED",
    "NOBODY_GETS, owner, s3:PutObject, ALLOWED",
    "BOTH, ann, s3:GetObject, DENIED",
    "LOCKED_OUT, owner, s3:ListBucket, DENIED",
    "LOCKED_OUT, owner, s3:PutBucketPolicy, ALLOWED",
    "LOCKED_OUT, owner, s3:GetBucketPolicy, ALLOWED",
    "LOCKED_OUT, owner, s3:DeleteBucketPolicy, ALLOWED",
    "LOCKED_OUT, ann, s3:PutBucketPolicy, DENIED"
  })
  void aPolicyAllowsAndForbids(String policy, String who, String action, Decision decision) {
    assertThat(decide(who, action, new Bucket().open().policy(policies(policy))))
        .isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "EVERYBODY_GETS, nobody, NOT_ALLOWED",
    "EVERYBODY_GETS, ann, NOT_ALLOWED",
    "EVERYBODY_GETS, owner, ALLOWED",
    "ANN_GETS, ann, ALLOWED"
  })
  void aPolicyForEverybodyIsForTheOwnerWhereThatIsRestricted(
      String policy, String who, Decision decision) {
    assertThat(decide(who, "s3:GetObject", new Bucket().policy(policies(policy))))
        .isEqualTo(decision);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "true, photos/, s3:GetObject, ALLOWED",
    "true, photos/, s3:PutObject, DENIED",
    "true, photos/, s3:DeleteObject, DENIED",
    "false, photos/, s3:DeleteBucket, ALLOWED",
    "false, photos/a/, s3:GetObject, ALLOWED",
    "false, photos/a/, s3:GetBucketLocation, ALLOWED",
    "false, photos/a/, s3:DeleteBucket, DENIED",
    "false, photos/a/, s3:GetBucketPolicy, DENIED",
    "false, photos/b/, s3:GetObject, DENIED",
    "false, photo, s3:GetObject, DENIED",
    "false, other/a/, s3:GetObject, DENIED"
  })
  void aKeysLimitsHoldForItsOwner(
      boolean readOnly, String prefix, String action, Decision decision) {
    Bucket bucket = new Bucket();
    bucket.limits = new AccessKeyLimits("", readOnly, List.of(prefix));
    assertThat(decide("owner", action, bucket)).isEqualTo(decision);
  }

  @Property(tries = 500)
  void whatIsForbiddenIsNeverDone(
      @ForAll("policiesOfAll") List<String> some, @ForAll("actions") String action) {
    List<String> all = new ArrayList<>(some);
    all.add(statement("Deny", "*", action, "*"));
    Bucket bucket = new Bucket().open().grant(Grantee.Group.ALL_USERS, Permission.FULL_CONTROL);
    bucket.policy(String.join(",", all));
    for (String who : List.of("owner", "ann", "nobody")) {
      assertThat(decide(who, action, bucket)).as(who).isEqualTo(Decision.DENIED);
    }
  }

  @Property(tries = 500)
  void nobodyIsLetInWhereEverythingIsClosed(
      @ForAll("policiesOfAll") List<String> some, @ForAll("actions") String action) {
    Bucket bucket = new Bucket().grant(Grantee.Group.ALL_USERS, Permission.FULL_CONTROL);
    bucket.policy(String.join(",", some));
    assertThat(decide("nobody", action, bucket)).isNotEqualTo(Decision.ALLOWED);
  }

  @Provide
  Arbitrary<String> actions() {
    return Arbitraries.of(
        "s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:GetObjectAcl", "s3:DeleteObject");
  }

  @Provide
  Arbitrary<List<String>> policiesOfAll() {
    return Combinators.combine(
            Arbitraries.of("Allow", "Deny"),
            Arbitraries.of("*", ANN.id()),
            Arbitraries.of("s3:Get*", "*"),
            Arbitraries.of("", "/*", "/a/*"))
        .as((effect, who, action, resource) -> statement(effect, who, action, resource))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /// What is decided upon, closed as a new bucket is.
  private static final class Bucket {
    private final List<Grant> grants = new ArrayList<>(Acl.ofOwner("").grants());
    private Optional<Policy> policy = Optional.empty();
    private PublicAccessBlock block = PublicAccessBlock.ALL;
    private Ownership ownership = Ownership.BUCKET_OWNER_ENFORCED;
    private ObjectAccess object = ObjectAccess.OWNERS;
    private AccessKeyLimits limits = AccessKeyLimits.NONE;

    Bucket open() {
      block = PublicAccessBlock.NONE;
      return with(Ownership.OBJECT_WRITER);
    }

    Bucket with(Ownership other) {
      ownership = other;
      return this;
    }

    Bucket grant(Grantee to, Permission permission) {
      grants.add(new Grant(to, permission));
      return this;
    }

    Bucket policy(String statements) {
      String text = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
      policy =
          Optional.of(((PolicyReader.Reading.Read) PolicyReader.read(text, "photos")).policy());
      return this;
    }

    BucketAccess access() {
      return new BucketAccess(
          OWNER, new Acl(grants), policy, Optional.of(block), Optional.of(ownership));
    }
  }

  private static Decision decide(String who, String action, Bucket bucket) {
    boolean ofObject = PolicyActions.ofObjects(action.toLowerCase(Locale.ROOT));
    AccessRequest request =
        new AccessRequest(
            Optional.ofNullable(Map.of("owner", OWNER, "ann", ANN).get(who)),
            bucket.limits,
            action,
            "photos",
            ofObject ? Optional.of("a/cat") : Optional.empty(),
            Optional.empty(),
            Map.of());
    return Access.decide(
        request, bucket.access(), ofObject ? Optional.of(bucket.object) : Optional.empty());
  }

  private static String policies(String name) {
    return switch (name) {
      case "EVERYBODY_GETS" -> EVERYBODY_GETS;
      case "NOBODY_GETS" -> NOBODY_GETS;
      case "ANN_GETS" -> ANN_GETS;
      case "LOCKED_OUT" -> LOCKED_OUT;
      case "BOTH" -> EVERYBODY_GETS + "," + NOBODY_GETS;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String statement(String effect, String who, String action, String resource) {
    return """
    {"Effect":"%s","Principal":{"AWS":"%s"},"Action":"%s","Resource":"arn:aws:s3:::photos%s"}
    """
        .formatted(effect, who, action, resource);
  }
}
