package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.foundation.http.Headers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the conditions of policies can ask about a request ("Condition keys for Amazon S3" in the
/// Service Authorization Reference), by names in lower case.
final class PolicyContext {
  /// Headers that are condition keys by their own names.
  private static final List<String> HEADERS =
      List.of(
          "x-amz-acl",
          "x-amz-copy-source",
          "x-amz-content-sha256",
          "x-amz-grant-full-control",
          "x-amz-grant-read",
          "x-amz-grant-read-acp",
          "x-amz-grant-write",
          "x-amz-grant-write-acp",
          "x-amz-metadata-directive",
          "x-amz-object-ownership",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-storage-class",
          "x-amz-website-redirect-location",
          "if-match",
          "if-none-match");

  private final Map<String, List<String>> context = new HashMap<>();

  private PolicyContext() {}

  /// What is known of a request.
  static Map<String, List<String>> of(S3Call call) {
    PolicyContext context = new PolicyContext();
    context.addSender(call);
    context.addS3(call);
    return Map.copyOf(context.context);
  }

  private void addSender(S3Call call) {
    Headers headers = call.headers();
    Instant now = call.cloud().world().time().now();
    add("aws:sourceip", call.exchange().remote().getAddress().getHostAddress());
    add("aws:securetransport", "false");
    add("aws:currenttime", now.toString());
    add("aws:epochtime", Long.toString(now.getEpochSecond()));
    add("aws:referer", headers.first("Referer"));
    add("aws:useragent", headers.first("User-Agent"));
    Optional<Account> account = call.caller().account();
    add("aws:principaltype", account.isEmpty() ? "Anonymous" : "Account");
    add("aws:userid", account.map(Account::id).orElse("anonymous"));
    add("aws:username", account.map(Account::user).filter(user -> !user.isEmpty()));
    add("aws:principalaccount", account.map(Account::id));
    add("aws:principalarn", account.map(each -> "arn:aws:iam::" + each.id() + ":root"));
  }

  private void addS3(S3Call call) {
    QueryString query = call.query();
    add("s3:prefix", query.first("prefix"));
    add("s3:delimiter", query.first("delimiter"));
    add("s3:max-keys", query.first("max-keys"));
    add("s3:versionid", query.first("versionId"));
    HEADERS.forEach(name -> add("s3:" + name, call.header(name)));
    call.header("x-amz-tagging").flatMap(QueryString::read).ifPresent(this::addTags);
    boolean inQuery = query.has("X-Amz-Signature") || query.has("Signature");
    boolean inHeader = call.headers().has("Authorization");
    add("s3:signatureversion", query.has("Signature") ? "AWS" : "AWS4-HMAC-SHA256");
    if (inQuery || inHeader) {
      add("s3:authtype", inQuery ? "REST-QUERY-STRING" : "REST-HEADER");
    }
  }

  private void addTags(QueryString tags) {
    List<String> names = tags.parameters().stream().map(QueryString.Parameter::name).toList();
    context.put("s3:requestobjecttagkeys", names);
    tags.parameters().forEach(tag -> add("s3:requestobjecttag/" + tag.name(), tag.value()));
  }

  private void add(String key, Optional<String> value) {
    value.ifPresent(text -> add(key, text));
  }

  private void add(String key, String value) {
    context.put(key.toLowerCase(Locale.ROOT), List.of(value));
  }
}
