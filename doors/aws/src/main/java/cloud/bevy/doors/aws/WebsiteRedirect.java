package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a web site sends a request.
///
/// @param host nothing for where it came
/// @param protocol `http` or `https`; nothing for how it came
/// @param key in place of the whole key
/// @param prefix in place of what the rule's keys begin with
/// @param status that of the answer
record WebsiteRedirect(
    Optional<String> host,
    Optional<String> protocol,
    Optional<String> key,
    Optional<String> prefix,
    int status) {
  private static final String MOVED = "301";

  /// What stays as it is where the site's owner has written it: all that may stand in a URL.
  private static final String AS_WRITTEN = "/?#[]@!$&'()*+,;=:%";

  /// Reads a redirect that was checked when it was kept.
  static WebsiteRedirect read(XmlElement redirect) {
    return new WebsiteRedirect(
        redirect.first("HostName"),
        redirect.first("Protocol"),
        redirect.first("ReplaceKeyWith"),
        redirect.first("ReplaceKeyPrefixWith"),
        Integer.parseInt(redirect.first("HttpRedirectCode").orElse(MOVED)));
  }

  /// The header `Location`.
  ///
  /// @param from the host that was asked
  /// @param old what the key begins with that the rule is for
  /// @param asked the key that was asked for
  /// @param query what was asked besides, as it was sent
  String location(String from, String old, String asked, String query) {
    String path =
        key.map(WebsiteRedirect::asWritten)
            .or(() ->
                prefix.map(
                    text -> asWritten(text) + AwsUri.encodePath(asked.substring(old.length()))))
            .orElseGet(() -> AwsUri.encodePath(asked));
    String target = "/" + path + (query.isEmpty() ? "" : "?" + query);
    if (host.isEmpty() && protocol.isEmpty()) {
      return target;
    }
    return protocol.orElse("http") + "://" + host.orElse(from) + target;
  }

  /// Text of a site's owner as it can stand in a header.
  static String asWritten(String text) {
    return AwsUri.encode(text.getBytes(StandardCharsets.UTF_8), AS_WRITTEN);
  }
}
