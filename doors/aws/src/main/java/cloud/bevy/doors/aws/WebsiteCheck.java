package cloud.bevy.doors.aws;

import java.util.List;
import java.util.Optional;

/// What S3 wants of the document `WebsiteConfiguration` (Amazon S3 API Reference,
/// "PutBucketWebsite").
final class WebsiteCheck {
  private static final int MOST_ROUTING_RULES = 50;
  private static final String REDIRECT_ALL = "RedirectAllRequestsTo";
  private static final String INDEX = "IndexDocument";
  private static final String ERROR = "ErrorDocument";
  private static final String RULES = "RoutingRules";
  private static final String HOST = "HostName";
  private static final String PROTOCOL = "Protocol";
  private static final String ERROR_CODE = "HttpErrorCodeReturnedEquals";
  private static final String KEY_PREFIX = "KeyPrefixEquals";
  private static final String REDIRECT_CODE = "HttpRedirectCode";
  private static final String NEW_KEY = "ReplaceKeyWith";
  private static final String NEW_PREFIX = "ReplaceKeyPrefixWith";

  private WebsiteCheck() {}

  /// Refuses a document that S3 would refuse.
  static void check(XmlElement website) throws S3Exception {
    website.only(REDIRECT_ALL, INDEX, ERROR, RULES).once(REDIRECT_ALL, INDEX, ERROR, RULES);
    Optional<XmlElement> all = website.child(REDIRECT_ALL);
    if (all.isPresent()) {
      checkRedirectAll(website, all.get());
      return;
    }
    Optional<XmlElement> index = website.child(INDEX);
    if (index.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused(
              "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty")
          .about(INDEX, "null");
    }
    String suffix = index.get().only("Suffix").once("Suffix").first("Suffix").orElse("");
    if (suffix.isEmpty() || suffix.contains("/")) {
      throw S3Error.INVALID_ARGUMENT
          .refused("The IndexDocument Suffix is not well formed")
          .about(INDEX, suffix);
    }
    Optional<XmlElement> error = website.child(ERROR);
    if (error.isPresent()
        && error.get().only("Key").once("Key").first("Key").orElse("").isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused("The ErrorDocument Key is not well formed")
          .about(ERROR, "");
    }
    Optional<XmlElement> rules = website.child(RULES);
    if (rules.isPresent()) {
      checkRules(rules.get().only("RoutingRule").children());
    }
  }

  private static void checkRedirectAll(XmlElement website, XmlElement redirect) throws S3Exception {
    if (website.children().size() > 1) {
      throw S3Error.INVALID_ARGUMENT
          .refused(
              "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.")
          .about(REDIRECT_ALL, "not null");
    }
    redirect.only(HOST, PROTOCOL).once(HOST, PROTOCOL);
    if (redirect.first(HOST).orElse("").isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    checkTarget(redirect);
  }

  private static void checkRules(List<XmlElement> rules) throws S3Exception {
    if (rules.isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    if (rules.size() > MOST_ROUTING_RULES) {
      throw S3Error.INVALID_REQUEST.refused(
          "%d routing rules provided, the number of routing rules in a website configuration is"
                  .formatted(rules.size())
              + " limited to "
              + MOST_ROUTING_RULES
              + ".");
    }
    for (XmlElement rule : rules) {
      rule.only("Condition", "Redirect").once("Condition", "Redirect");
      Optional<XmlElement> condition = rule.child("Condition");
      if (condition.isPresent()) {
        checkCondition(condition.get());
      }
      checkRedirect(rule.child("Redirect").orElseThrow(S3Error.MALFORMED_XML::refused));
    }
  }

  private static void checkCondition(XmlElement condition) throws S3Exception {
    condition.only(ERROR_CODE, KEY_PREFIX).once(ERROR_CODE, KEY_PREFIX);
    if (condition.children().isEmpty()) {
      throw S3Error.INVALID_REQUEST.refused(
          "Condition cannot be empty. To redirect all requests without a condition, the condition"
              + " element shouldn't be present.");
    }
    Optional<String> code = condition.first(ERROR_CODE);
    if (code.isPresent() && !code.get().matches("[45][0-9]{2}")) {
      throw S3Error.INVALID_REQUEST.refused(
          "The provided HTTP error code (%s) is not valid. Valid codes are 4XX or 5XX."
              .formatted(code.get()));
    }
  }

  private static void checkRedirect(XmlElement redirect) throws S3Exception {
    redirect
        .only(HOST, REDIRECT_CODE, PROTOCOL, NEW_PREFIX, NEW_KEY)
        .once(HOST, REDIRECT_CODE, PROTOCOL, NEW_PREFIX, NEW_KEY);
    if (redirect.children().isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    if (redirect.child(NEW_PREFIX).isPresent() && redirect.child(NEW_KEY).isPresent()) {
      throw S3Error.INVALID_REQUEST.refused(
          "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
    }
    Optional<String> code = redirect.first(REDIRECT_CODE);
    if (code.isPresent() && !code.get().matches("3(0[1-9]|[1-9][0-9])")) {
      throw S3Error.INVALID_REQUEST.refused(
          "The provided HTTP redirect code (%s) is not valid. Valid codes are 3XX except 300."
              .formatted(code.get()));
    }
    checkTarget(redirect);
  }

  /// Where a redirect goes travels in a header.
  private static void checkTarget(XmlElement redirect) throws S3Exception {
    Optional<String> protocol = redirect.first(PROTOCOL);
    if (protocol.isPresent() && !List.of("http", "https").contains(protocol.get())) {
      throw S3Error.INVALID_REQUEST.refused(
          "Invalid protocol, protocol can be http or https. If not defined the protocol will be"
              + " selected automatically.");
    }
    String host = redirect.first(HOST).orElse("host");
    if (!host.matches("[A-Za-z0-9.:\\[\\]_-]+")) {
      throw S3Error.INVALID_REQUEST.refused("The HostName of a redirect is not a host's name.");
    }
  }
}
