package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The document `WebsiteConfiguration`, to be followed.
///
/// @param all where every request is sent, if every one is
/// @param index the name of the page that stands for a folder
/// @param error the key of the page for errors
/// @param rules tried one after the other
record Website(
    Optional<WebsiteRedirect> all, String index, Optional<String> error, List<Rule> rules) {
  Website {
    rules = List.copyOf(rules);
  }

  /// Sends some requests elsewhere.
  ///
  /// @param prefix what their keys begin with
  /// @param status what they would be answered with; nothing where that does not matter
  record Rule(String prefix, Optional<Integer> status, WebsiteRedirect redirect) {
    private boolean takes(String key, Optional<Integer> answer) {
      return key.startsWith(prefix) && status.equals(answer);
    }
  }

  /// The document of a bucket, which was checked when it was kept.
  static Website kept(String text) throws S3Exception {
    XmlElement document =
        XmlElement.read(text.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(S3Error.INTERNAL_ERROR::refused);
    return new Website(
        document.child("RedirectAllRequestsTo").map(WebsiteRedirect::read),
        document.child("IndexDocument").flatMap(index -> index.first("Suffix")).orElse(""),
        document.child("ErrorDocument").flatMap(error -> error.first("Key")),
        document.child("RoutingRules").map(XmlElement::children).orElse(List.of()).stream()
            .map(Website::rule)
            .toList());
  }

  /// Where a request is sent, if it is.
  ///
  /// @param status what it would be answered with; nothing before that is known
  /// @return the first rule that takes it
  Optional<Rule> rule(String key, Optional<Integer> status) {
    return rules.stream().filter(rule -> rule.takes(key, status)).findFirst();
  }

  private static Rule rule(XmlElement rule) {
    Optional<XmlElement> condition = rule.child("Condition");
    return new Rule(
        condition.flatMap(it -> it.first("KeyPrefixEquals")).orElse(""),
        condition.flatMap(it -> it.first("HttpErrorCodeReturnedEquals")).map(Integer::valueOf),
        WebsiteRedirect.read(rule.child("Redirect").orElseThrow()));
  }
}
