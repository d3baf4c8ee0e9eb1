package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Heads of messages as bytes, and out of the decoder.
final class Heads {
  private static final int USUAL_BYTES = 512;

  private Heads() {}

  /// The head of an answer.
  static ByteBuf response(int status, Headers headers) {
    return write("HTTP/1.1 " + status + ' ' + reason(status), headers);
  }

  /// The head of a request.
  static ByteBuf request(String method, String target, Headers headers) {
    return write(method + ' ' + target + " HTTP/1.1", headers);
  }

  /// The words that go with a status.
  static String reason(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  /// The headers of a message that was read.
  ///
  /// @throws IllegalArgumentException if one is not as RFC 9110 allows
  static Headers copy(HttpMessage message) {
    return copy(message.headers());
  }

  private static Headers copy(HttpHeaders source) {
    Headers headers = new Headers();
    for (Map.Entry<String, String> field : source) {
      headers.add(field.getKey(), field.getValue());
    }
    return headers;
  }

  private static ByteBuf write(String line, Headers headers) {
    ByteBuf out = Unpooled.buffer(USUAL_BYTES);
    text(out, line);
    headers.forEach((name, value) -> {
      text(out, "\r\n");
      text(out, name);
      text(out, ": ");
      text(out, value);
    });
    text(out, "\r\n\r\n");
    return out;
  }

  private static void text(ByteBuf out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
