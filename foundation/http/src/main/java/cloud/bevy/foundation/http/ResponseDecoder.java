package cloud.bevy.foundation.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Netty's decoder, told which answers have no body because of what was asked.
final class ResponseDecoder extends HttpResponseDecoder {
  private static final int LINE_BYTES = 8 << 10;
  private static final int HEADER_BYTES = 64 << 10;

  private boolean headOnly;

  ResponseDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxChunkSize(Integer.MAX_VALUE)
            .setUseRfc9112TransferEncoding(true));
  }

  /// Says which method the next answer is for.
  void expect(String method) {
    headOnly = method.equals("HEAD");
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return headOnly || super.isContentAlwaysEmpty(message);
  }
}
