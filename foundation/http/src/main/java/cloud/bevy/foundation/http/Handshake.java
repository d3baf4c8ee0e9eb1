package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.Chance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The HTTP with which a [WebSocket] begins: RFC 6455, section 4.
final class Handshake {
  static final String KEY = "Sec-WebSocket-Key";
  static final String ACCEPT = "Sec-WebSocket-Accept";
  static final String VERSION = "Sec-WebSocket-Version";

  private static final String UPGRADE = "Upgrade";
  private static final String CONNECTION = "Connection";
  private static final String CURRENT = "13";
  private static final String WEB_SOCKET = "websocket";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /// What came of looking at a request.
  sealed interface Reading {
    /// A handshake, and what must be answered to its key.
    record Sound(String accept) implements Reading {}

    /// Not one that can be followed.
    record Refused(int status, String reason) implements Reading {}
  }

  static Reading read(RequestHead head, WebSocketTerms terms) {
    Headers headers = head.headers();
    if (!head.method().equals("GET") || !head.current() || head.contentLength() != 0) {
      return new Reading.Refused(400, "a WebSocket begins with a GET of HTTP/1.1 without a body");
    }
    if (!names(headers, UPGRADE, WEB_SOCKET) || !names(headers, CONNECTION, "upgrade")) {
      return new Reading.Refused(426, "this is the address of a WebSocket");
    }
    if (!headers.all(VERSION).equals(List.of(CURRENT))) {
      return new Reading.Refused(426, "only version 13 of WebSocket is spoken here");
    }
    List<String> keys = headers.all(KEY);
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      return new Reading.Refused(400, "the header " + KEY + " is not 16 bytes in base 64");
    }
    Optional<String> origin = headers.first("Origin");
    if (headers.all("Origin").size() > 1 || origin.filter(terms.origins().negate()).isPresent()) {
      return new Reading.Refused(403, "pages of this origin may not connect here");
    }
    return new Reading.Sound(accept(keys.getFirst()));
  }

  /// The headers that answer a handshake.
  static void answer(Headers headers, String accept) {
    headers.set(UPGRADE, WEB_SOCKET).set(CONNECTION, UPGRADE).set(ACCEPT, accept);
  }

  /// The headers that ask for a WebSocket.
  static void ask(Headers headers, String key) {
    headers.set(UPGRADE, WEB_SOCKET).set(CONNECTION, UPGRADE).set(KEY, key).set(VERSION, CURRENT);
  }

  static String newKey(Chance chance) {
    return Base64.getEncoder().encodeToString(chance.bytes(KEY_BYTES));
  }

  /// Whether an answer agrees to a request with that key, and to nothing that was not asked for.
  static boolean agrees(Headers headers, String key) {
    return names(headers, UPGRADE, WEB_SOCKET)
        && names(headers, CONNECTION, "upgrade")
        && headers.all(ACCEPT).equals(List.of(accept(key)))
        && !headers.has("Sec-WebSocket-Extensions")
        && !headers.has("Sec-WebSocket-Protocol");
  }

  static String accept(String key) {
    try {
      byte[] both = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(both);
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-1", missing);
    }
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static boolean names(Headers headers, String header, String word) {
    for (String value : headers.all(header)) {
      for (String each : value.split(",", -1)) {
        if (each.strip().toLowerCase(Locale.ROOT).equals(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
