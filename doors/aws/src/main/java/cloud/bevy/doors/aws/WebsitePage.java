package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The page that a web site's visitors see where there is nothing else to show.
final class WebsitePage {
  private WebsitePage() {}

  /// Sends the page.
  ///
  /// @param second why the site's own page for errors could not be shown, if it has one
  static void send(Exchange exchange, S3Exception error, Optional<S3Exception> second)
      throws IOException {
    String title = error.error().status() + " " + reason(error.error().status());
    StringBuilder page = new StringBuilder(512);
    page.append("<html>\n<head><title>").append(title).append("</title></head>\n<body>\n<h1>");
    page.append(title).append("</h1>\n<ul>\n");
    item(page, "Code", error.error().code());
    item(page, "Message", String.valueOf(error.getMessage()));
    details(page, exchange, error);
    item(page, "RequestId", exchange.requestId());
    page.append("</ul>\n");
    if (second.isPresent()) {
      page.append(
          "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>");
      page.append("\n<ul>\n");
      item(page, "Code", second.get().error().code());
      item(page, "Message", String.valueOf(second.get().getMessage()));
      details(page, exchange, second.get());
      page.append("</ul>\n");
    }
    page.append("<hr/>\n</body>\n</html>\n");
    head(exchange, error);
    exchange.responseHeaders().set("Content-Type", "text/html; charset=utf-8");
    byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
    if (exchange.method().equals("HEAD")) {
      exchange.responseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendEmpty();
    } else {
      exchange.send(bytes);
    }
  }

  /// Sends the page about nothing in particular; after an answer has begun nothing can be said any
  /// more, so the error is thrown on and the connection ends.
  static void refuse(Exchange exchange, S3Exception refused) throws IOException {
    if (exchange.answered()) {
      throw refused;
    }
    send(exchange, refused, Optional.empty());
  }

  /// Sets the status, and says in headers what programs want to know of it.
  static void head(Exchange exchange, S3Exception error) {
    exchange.status(error.error().status());
    exchange.responseHeaders().set("x-amz-error-code", error.error().code());
    exchange.responseHeaders().set("x-amz-error-message", header(error));
  }

  private static String header(S3Exception error) {
    return String.valueOf(error.getMessage()).replaceAll("[^ -~]", "?");
  }

  private static void details(StringBuilder page, Exchange exchange, S3Exception error) {
    ErrorDetails.of(exchange, error).forEach(it -> item(page, it.name(), it.value()));
  }

  private static void item(StringBuilder page, String name, String text) {
    page.append("<li>").append(name).append(": ");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        default -> page.append(c);
      }
    }
    page.append("</li>\n");
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 412 -> "Precondition Failed";
      case 416 -> "Requested Range Not Satisfiable";
      case 503 -> "Service Unavailable";
      default -> "Error";
    };
  }
}
