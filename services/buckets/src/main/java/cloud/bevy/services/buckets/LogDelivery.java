package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What puts log objects into buckets: nobody who could sign a request, and who may put only where
/// a bucket's policy names it, or its access list the group for it.
public final class LogDelivery {
  /// By which policies name it.
  private static final String SERVICE = "logging.s3.amazonaws.com";

  /// Its name is that of no user.
  private static final Account ACCOUNT = new Account("s3:log-delivery", SERVICE, SERVICE);

  private static final String PUT = "s3:PutObject";
  private static final String DEFAULT_REGION = "us-east-1";
  private static final String SAMPLE = "2026-11-26-00-00-00-0000000000000000";
  private static final int UNIQUE_BYTES = 8;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss-", Locale.ROOT);

  private final Cloud cloud;
  private final Bucket source;
  private final AccessLogging logging;

  LogDelivery(Cloud cloud, Bucket source, AccessLogging logging) {
    this.cloud = cloud;
    this.source = source;
    this.logging = logging;
  }

  /// Whether a bucket lets the accesses to another one be logged in it ("Permissions for log
  /// delivery" in the Amazon S3 User Guide). A policy may name the prefix, or what begins with it;
  /// an access list must let the group write and read the list.
  ///
  /// @param target the bucket that the logging names
  public static boolean allowed(Bucket source, AccessLogging logging, Bucket target) {
    LogDelivery delivery = new LogDelivery(source.cores().cloud(), source, logging);
    return delivery.allowed(target, logging.prefix())
        || delivery.allowed(target, logging.prefix() + SAMPLE);
  }

  private boolean allowed(Bucket target, String key) {
    BucketAccess access = target.access();
    return mayPut(target, key)
        && (!Access.needsLists(request(target, key), access, Optional.empty())
            || access.acl().allows(Optional.of(ACCOUNT), Permission.READ_ACP, false));
  }

  /// Whether it is a principal that policies name.
  static boolean isNamed(String kind, String text) {
    return kind.equals("Service") && text.equals(SERVICE);
  }

  /// Whether it is who asks.
  static boolean is(Account account) {
    return account.equals(ACCOUNT);
  }

  /// Puts a log object.
  ///
  /// @param text the records
  /// @param day of which the records are, where the object's key tells it
  /// @return why it could not be put
  Optional<String> deliver(byte[] text, Optional<LocalDate> day) {
    Optional<Bucket> found = Buckets.in(cloud).find(logging.target());
    String to = "bucket \"" + logging.target().text() + "\"";
    if (found.isEmpty()) {
      return Optional.of(to + " is not there");
    }
    Bucket target = found.get();
    String key = key(day);
    if (!mayPut(target, key)) {
      return Optional.of(to + " does not let them in: see its policy");
    }
    Optional<String> encrypted = target.settings().find(Setting.ENCRYPTION);
    if (encrypted.isPresent() && byNamedKey(encrypted.get())) {
      return Optional.of(to + " encrypts under a key with a name");
    }
    return switch (put(target, new ObjectKey(key), text, encrypted.isPresent())) {
      case PutOutcome.Stored<StoredObject> _ -> Optional.empty();
      case PutOutcome.QuotaExceeded<StoredObject> _ -> Optional.of(to + " is full");
      default -> Optional.of(to + " did not take them");
    };
  }

  /// Whether a bucket encrypts under a key with a name what says nothing of it, which access logs
  /// are not delivered to.
  ///
  /// @param document the setting
  public static boolean byNamedKey(String document) {
    return document.contains("aws:kms");
  }

  private PutOutcome<StoredObject> put(
      Bucket target, ObjectKey key, byte[] text, boolean encrypted) {
    Content content = Content.of(new ByteArrayInputStream(text), text.length);
    try {
      return target.put(key, attributes(target, encrypted), content, WriteCondition.always());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are there", e);
    }
  }

  private ObjectAttributes attributes(Bucket target, boolean encrypted) {
    TreeMap<String, String> headers = new TreeMap<>(Map.of("content-type", "text/plain"));
    return new ObjectAttributes(
        headers,
        new TreeMap<>(),
        ObjectAttributes.STANDARD,
        new TreeMap<>(),
        ObjectLock.NONE,
        encrypted ? Optional.of(Encryption.managed(cloud.world().chance())) : Optional.empty(),
        access(target.access()));
  }

  /// Log objects are the target owner's, and of those who are granted something.
  private ObjectAccess access(BucketAccess target) {
    if (logging.grants().isEmpty() || target.enforced()) {
      return ObjectAccess.OWNERS;
    }
    List<Grant> grants = new ArrayList<>(Acl.ofOwner(target.owner().user()).grants());
    grants.addAll(logging.grants());
    return ObjectAccess.OWNERS.withAcl(new Acl(grants));
  }

  private String key(Optional<LocalDate> day) {
    Instant now = cloud.world().time().now();
    String unique =
        HexFormat.of().withUpperCase().formatHex(cloud.world().chance().bytes(UNIQUE_BYTES));
    LocalDateTime moment =
        day.map(LocalDate::atStartOfDay)
            .orElseGet(() -> LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    boolean simple = logging.keys().orElse(AccessLogging.Keys.SIMPLE) == AccessLogging.Keys.SIMPLE;
    String folder = simple ? "" : folder() + DAY.format(moment);
    return logging.prefix() + folder + SECOND.format(moment) + unique;
  }

  private String folder() {
    String region = source.summary().region();
    return "%s/%s/%s/"
        .formatted(
            source.access().owner().id(),
            region.isEmpty() ? DEFAULT_REGION : region,
            source.name().text());
  }

  private boolean mayPut(Bucket target, String key) {
    return Access.decide(request(target, key), target.access(), Optional.empty())
        == Access.Decision.ALLOWED;
  }

  private AccessRequest request(Bucket target, String key) {
    return new AccessRequest(
        Optional.of(ACCOUNT),
        AccessKeyLimits.NONE,
        PUT,
        target.name().text(),
        Optional.of(key),
        Optional.empty(),
        context());
  }

  /// What conditions can ask about.
  private Map<String, List<String>> context() {
    Instant now = cloud.world().time().now();
    Map<String, List<String>> context = new HashMap<>();
    context.put("aws:sourcearn", List.of("arn:aws:s3:::" + source.name().text()));
    context.put("aws:sourceaccount", List.of(source.access().owner().id()));
    context.put("aws:principalisawsservice", List.of("true"));
    context.put("aws:principalservicename", List.of(SERVICE));
    context.put("aws:securetransport", List.of("true"));
    context.put("aws:currenttime", List.of(now.toString()));
    context.put("aws:epochtime", List.of(Long.toString(now.getEpochSecond())));
    return context;
  }
}
