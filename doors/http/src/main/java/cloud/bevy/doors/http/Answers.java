package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What the front door says itself.
final class Answers {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Cloud Bevy</title>
      <style>
        body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 15vh auto; \
      padding: 0 1rem; color-scheme: light dark; }
        code { background: #8882; padding: .1em .35em; border-radius: .3em; }
      </style>
      <h1>Your cloud is up</h1>
      <p>S3, DynamoDB and your apps are behind this one address.</p>
      <ul>
        <li><code>eval "$(bevy env)"</code> points the AWS CLI and SDKs here.</li>
        <li><code>bevy deploy DIR</code> makes an app of a folder.</li>
        <li><code>bevy apps</code> lists the apps and their addresses.</li>
        <li><a href="/readyz">/readyz</a> and <a href="/metrics">/metrics</a> say how it does.</li>
      </ul>
      """;

  private static final String GREETING =
      """
      {"name":"Cloud Bevy","offers":["s3","dynamodb","apps"],\
      "links":{"health":"/healthz","readiness":"/readyz","metrics":"/metrics"}}
      """;

  private Answers() {}

  static void page(Exchange exchange) throws IOException {
    exchange
        .responseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    send(exchange, "text/html; charset=utf-8", PAGE);
  }

  static void greeting(Exchange exchange) throws IOException {
    send(exchange, "application/json", GREETING);
  }

  static void text(Exchange exchange, String text) throws IOException {
    send(exchange, "text/plain; charset=utf-8", text + '\n');
  }

  static void metrics(Exchange exchange, String text) throws IOException {
    send(exchange, "text/plain; version=0.0.4; charset=utf-8", text);
  }

  /// Refuses a call to an AWS service that is not there, as the caller's SDK understands it.
  static void noService(Exchange exchange, String service) throws IOException {
    String sentence = "this cloud does not offer the service \\\"" + service + "\\\"";
    exchange.status(501).responseHeaders().set("x-amzn-RequestId", exchange.requestId());
    String type = exchange.requestHeaders().first("Content-Type").orElse("");
    if (type.startsWith("application/x-amz-json")) {
      String body = "{\"__type\":\"UnknownOperationException\",\"message\":\"" + sentence + "\"}";
      send(exchange, type, body);
      return;
    }
    send(
        exchange,
        "application/xml",
        "<ErrorResponse><Error><Code>UnknownOperation</Code><Message>"
            + sentence.replace("\\\"", "'")
            + "</Message></Error><RequestId>"
            + exchange.requestId()
            + "</RequestId></ErrorResponse>");
  }

  private static void send(Exchange exchange, String type, String body) throws IOException {
    exchange.responseHeaders().set("Content-Type", type).set("X-Content-Type-Options", "nosniff");
    exchange.send(body.getBytes(StandardCharsets.UTF_8));
  }
}
