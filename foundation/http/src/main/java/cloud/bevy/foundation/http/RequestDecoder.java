package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's decoder, which stops after each request: what a caller sends ahead of its answers stays
/// undecoded, because a few KiB of pipelined requests make a hundred times that in objects.
final class RequestDecoder extends HttpRequestDecoder {
  private boolean resting;
  private boolean decoded;

  RequestDecoder(HttpLimits.Head limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.lineBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setMaxChunkSize(Integer.MAX_VALUE)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
  }

  /// Decodes the next request of those already received, as far as it is there.
  ///
  /// @return whether anything came of it; if not, the socket must be read
  boolean resume(ChannelHandlerContext context) throws Exception {
    resting = false;
    decoded = false;
    channelRead(context, Unpooled.EMPTY_BUFFER);
    return decoded;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (resting) {
      return;
    }
    super.decode(context, in, out);
    if (!out.isEmpty()) {
      decoded = true;
      resting = out.getLast() instanceof LastHttpContent;
    }
  }

  /// Whether something has been received that is not decoded yet.
  boolean holdsMore() {
    return actualReadableBytes() > 0;
  }

  /// Whether a part of a head has been received.
  boolean hasBegun() {
    return !resting && actualReadableBytes() > 0;
  }
}
