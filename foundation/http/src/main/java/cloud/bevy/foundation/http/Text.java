package cloud.bevy.foundation.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text as a [WebSocket] carries it.
final class Text {
  private Text() {}

  /// Decodes UTF-8 that must be sound.
  static String utf8(ByteBuffer bytes) throws WebSocketViolation {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new WebSocketViolation(CloseCode.MALFORMED, "a text is not UTF-8");
    }
  }
}
