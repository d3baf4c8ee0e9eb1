package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules of the document `CORSConfiguration`.
final class CorsRules {
  private static final int MOST_RULES = 100;
  private static final int LONGEST_ID = 255;
  private static final List<String> METHODS = List.of("GET", "PUT", "HEAD", "POST", "DELETE");

  private CorsRules() {}

  /// Whether a method may be in a rule.
  static boolean knows(String method) {
    return METHODS.contains(method);
  }

  /// Reads a document.
  ///
  /// @throws S3Exception where it is no such configuration, or one that S3 refuses
  static List<CorsRule> read(XmlElement document) throws S3Exception {
    List<CorsRule> rules = new ArrayList<>();
    for (XmlElement rule : document.only("CORSRule").children()) {
      rules.add(rule(rule));
    }
    if (rules.isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    if (rules.size() > MOST_RULES) {
      throw S3Error.INVALID_REQUEST.refused(
          "The number of CORS rules should not exceed allowed limit of " + MOST_RULES + " rules.");
    }
    return rules;
  }

  /// The rules of a document that was read when it was kept.
  static List<CorsRule> kept(String text) throws S3Exception {
    return read(
        XmlElement.read(text.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(S3Error.INTERNAL_ERROR::refused));
  }

  private static CorsRule rule(XmlElement rule) throws S3Exception {
    rule.only(
            "ID",
            "AllowedMethod",
            "AllowedOrigin",
            "AllowedHeader",
            "ExposeHeader",
            "MaxAgeSeconds")
        .once("ID", "MaxAgeSeconds");
    CorsRule read =
        new CorsRule(
            texts(rule, "AllowedMethod"),
            texts(rule, "AllowedOrigin"),
            texts(rule, "AllowedHeader"),
            texts(rule, "ExposeHeader"),
            maxAge(rule));
    if (read.methods().isEmpty() || read.origins().isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    check(read);
    if (rule.first("ID").orElse("").length() > LONGEST_ID) {
      throw S3Error.INVALID_REQUEST.refused(
          "ID length should not exceed allowed limit of " + LONGEST_ID);
    }
    return read;
  }

  private static List<String> texts(XmlElement rule, String name) {
    return rule.all(name).stream().map(XmlElement::text).toList();
  }

  private static Optional<Integer> maxAge(XmlElement rule) throws S3Exception {
    Optional<String> text = rule.first("MaxAgeSeconds").map(String::strip);
    if (text.isPresent() && !text.get().matches("-?[0-9]{1,9}")) {
      throw S3Error.MALFORMED_XML.refused();
    }
    return text.map(Integer::valueOf);
  }

  private static void check(CorsRule rule) throws S3Exception {
    for (String method : rule.methods()) {
      if (!knows(method)) {
        throw S3Error.INVALID_REQUEST.refused(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
      }
    }
    checkWildcards("AllowedOrigin", rule.origins());
    checkWildcards("AllowedHeader", rule.headers());
    for (String header : rule.exposed()) {
      if (header.contains("*")) {
        throw S3Error.INVALID_REQUEST.refused(
            "ExposeHeader \""
                + header
                + "\" contains wildcard. We currently do not support"
                + " wildcard for ExposeHeader.");
      }
      checkName("ExposeHeader", header);
    }
    for (String header : rule.headers()) {
      checkName("AllowedHeader", header);
    }
  }

  private static void checkWildcards(String element, List<String> patterns) throws S3Exception {
    for (String pattern : patterns) {
      if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
        throw S3Error.INVALID_REQUEST.refused(
            element + " \"" + pattern + "\" can not have more than one wildcard.");
      }
    }
  }

  /// What a header's name may be made of (RFC 9110, section 5.6.2); the name travels in answers.
  private static void checkName(String element, String name) throws S3Exception {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw S3Error.INVALID_REQUEST.refused(
          element + " \"" + name + "\" contains invalid character.");
    }
  }
}
