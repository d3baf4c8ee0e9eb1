package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.foundation.http.WebSocketTerms;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A form that was posted, as the request that would have put the same object: its fields are the
/// headers, its file is the body. The answer is that of the post.
record PostExchange(Exchange post, Headers requestHeaders, InputStream body) implements Exchange {
  private static final Set<String> HEADERS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "expires",
          "success_action_redirect",
          "success_action_status",
          "redirect");

  /// Names that a form has and a header has not.
  private static final Map<String, String> RENAMED = Map.of("acl", "x-amz-acl");

  /// The request that a form stands for.
  ///
  /// @param file its bytes, checked as they are read
  static PostExchange of(Exchange post, PostForm form, InputStream file) throws S3Exception {
    Headers headers = new Headers();
    post.requestHeaders().first("Host").ifPresent(host -> headers.add("Host", host));
    if (form.field("tagging").isPresent()) {
      add(headers, "x-amz-tagging", tags(form.field("tagging").get()));
    }
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      String name = RENAMED.getOrDefault(field.getKey(), field.getKey());
      if (HEADERS.contains(name) || name.startsWith("x-amz-")) {
        add(headers, name, field.getValue());
      }
    }
    return new PostExchange(post, headers, file);
  }

  /// A form has its tags as a document, a header as a query string.
  private static String tags(String document) throws S3Exception {
    XmlElement tagging =
        XmlElement.read(document.getBytes(StandardCharsets.UTF_8))
            .filter(root -> root.name().equals("Tagging"))
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    return tagging.all("TagSet").stream()
        .flatMap(set -> set.all("Tag").stream())
        .map(tag -> part(tag, "Key") + "=" + part(tag, "Value"))
        .collect(Collectors.joining("&"));
  }

  private static String part(XmlElement tag, String name) {
    return AwsUri.encode(tag.first(name).orElse(""));
  }

  private static void add(Headers headers, String name, String value) throws S3Exception {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    try {
      headers.add(name, new String(utf8, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw S3Error.INVALID_ARGUMENT.refused("The field " + name + " has control characters.");
    }
  }

  @Override
  public String method() {
    return post.method();
  }

  @Override
  public String target() {
    return post.target();
  }

  @Override
  public String path() {
    return post.path();
  }

  @Override
  public String query() {
    return post.query();
  }

  @Override
  public InetSocketAddress remote() {
    return post.remote();
  }

  @Override
  public String requestId() {
    return post.requestId();
  }

  /// Nobody says how long the file is.
  @Override
  public long contentLength() {
    return -1;
  }

  @Override
  public Exchange status(int code) {
    post.status(code);
    return this;
  }

  @Override
  public int status() {
    return post.status();
  }

  @Override
  public Headers responseHeaders() {
    return post.responseHeaders();
  }

  @Override
  public boolean answered() {
    return post.answered();
  }

  @Override
  public long sent() {
    return post.sent();
  }

  @Override
  public Optional<Duration> turnaround() {
    return post.turnaround();
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    post.send(bytes);
  }

  @Override
  public void sendEmpty() throws IOException {
    post.sendEmpty();
  }

  @Override
  public OutputStream stream(long length) throws IOException {
    return post.stream(length);
  }

  @Override
  public Optional<WebSocket> webSocket(WebSocketTerms terms) throws IOException {
    return post.webSocket(terms);
  }
}
