package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;

/// Answers with an error, as the XML that S3's clients read.
final class S3ErrorAnswer {
  private S3ErrorAnswer() {}

  /// Sends the error; after an answer has begun nothing can be said any more, so it is thrown on
  /// and the connection ends.
  static void send(Exchange exchange, S3Exception refused) throws IOException {
    if (exchange.answered()) {
      throw refused;
    }
    exchange.status(refused.error().status());
    if (exchange.method().equals("HEAD")) {
      exchange.sendEmpty();
      return;
    }
    exchange.responseHeaders().set("Content-Type", "application/xml");
    XmlWriter xml =
        XmlWriter.plain()
            .open("Error")
            .element("Code", refused.error().code())
            .element("Message", String.valueOf(refused.getMessage()));
    for (S3Exception.Detail detail : ErrorDetails.of(exchange, refused)) {
      xml.element(detail.name(), detail.value());
    }
    xml.element("RequestId", exchange.requestId());
    exchange.send(xml.close("Error").bytes());
  }
}
