package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Reads the frames of RFC 6455, section 5.2, from bytes as they arrive. Payloads are handed on
/// piece by piece, so that a frame costs no memory whatever its size.
final class FrameReader {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  /// The most bytes of a close, ping or pong.
  static final int CONTROL_BYTES = 125;

  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int LARGEST_SHORT = 0xFFFF;
  private static final int MASK_BYTES = 4;

  private final WebSocketTerms.Size limits;
  private final boolean masked;
  private final byte[] head = new byte[2 + Long.BYTES + MASK_BYTES];
  private int headBytes;
  private boolean inPayload;
  private int opcode;
  private boolean last;
  private long length;
  private long left;
  private int mask;
  private boolean inMessage;
  private boolean text;
  private long messageBytes;
  private int fragments;
  private ByteBuf control = Unpooled.EMPTY_BUFFER;

  /// What takes the frames.
  interface Sink {
    /// Some bytes of a message, which belong to the sink.
    ///
    /// @param end whether the message ends with them
    void data(ByteBuf bytes, boolean ofText, boolean end) throws WebSocketViolation;

    /// A close, ping or pong.
    void control(int kind, byte[] payload) throws WebSocketViolation;
  }

  /// @param masked whether frames must be masked: those of clients must, those of servers must not
  FrameReader(WebSocketTerms.Size limits, boolean masked) {
    this.limits = limits;
    this.masked = masked;
  }

  /// Reads all of `in`, whose bytes are changed. The caller keeps `in`.
  ///
  /// @throws WebSocketViolation as soon as it is seen; nothing more can be read then
  void read(ByteBuf in, Sink sink) throws WebSocketViolation {
    while (in.isReadable()) {
      if (inPayload) {
        payload(in, sink);
      } else {
        head(in, sink);
      }
    }
  }

  private void head(ByteBuf in, Sink sink) throws WebSocketViolation {
    head[headBytes++] = in.readByte();
    if (headBytes == 2) {
      check();
    }
    if (headBytes < 2 || headBytes < headLength()) {
      return;
    }
    begin();
    if (left == 0) {
      finish(Unpooled.EMPTY_BUFFER, sink);
    }
  }

  private int headLength() {
    int more =
        switch (head[1] & LENGTH) {
          case SHORT_LENGTH -> Short.BYTES;
          case LONG_LENGTH -> Long.BYTES;
          default -> 0;
        };
    return 2 + more + (masked ? MASK_BYTES : 0);
  }

  /// What the first two bytes tell.
  private void check() throws WebSocketViolation {
    last = (head[0] & FINAL) != 0;
    opcode = head[0] & OPCODE;
    require((head[0] & RESERVED) == 0, "a frame uses an extension that was not agreed upon");
    require(((head[1] & MASKED) != 0) == masked, masked ? "a frame is not masked" : "masked frame");
    if ((opcode & CONTROL) != 0) {
      require(opcode <= PONG, "a control frame is of a kind that does not exist");
      require(last && (head[1] & LENGTH) <= CONTROL_BYTES, "a control frame is too large");
    } else {
      require(opcode <= BINARY, "a frame is of a kind that does not exist");
      require((opcode == CONTINUATION) == inMessage, "the frames of a message are out of order");
    }
  }

  private void begin() throws WebSocketViolation {
    length = length();
    left = length;
    mask = masked ? number(headBytes - MASK_BYTES, headBytes) : 0;
    headBytes = 0;
    inPayload = true;
    if ((opcode & CONTROL) != 0) {
      control = Unpooled.buffer((int) length, CONTROL_BYTES);
      return;
    }
    if (opcode != CONTINUATION) {
      text = opcode == TEXT;
      inMessage = true;
      messageBytes = 0;
      fragments = 0;
    }
    messageBytes += length;
    fragments++;
    boolean fits = length <= limits.frameBytes() && messageBytes <= limits.messageBytes();
    if (!fits) {
      throw new WebSocketViolation(CloseCode.TOO_LARGE, "a message is too large");
    }
    if (fragments > limits.fragments()) {
      throw new WebSocketViolation(CloseCode.POLICY, "a message comes in too many frames");
    }
  }

  private long length() throws WebSocketViolation {
    int small = head[1] & LENGTH;
    if (small < SHORT_LENGTH) {
      return small;
    }
    if (small == SHORT_LENGTH) {
      int size = number(2, 2 + Short.BYTES);
      require(size >= SHORT_LENGTH, "a length is longer than it needs to be");
      return size;
    }
    long high = Integer.toUnsignedLong(number(2, 2 + Integer.BYTES));
    long low = Integer.toUnsignedLong(number(2 + Integer.BYTES, 2 + Long.BYTES));
    long size = high << Integer.SIZE | low;
    require(size > LARGEST_SHORT, "a length is longer than it needs to be, or negative");
    return size;
  }

  private int number(int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      value = value << Byte.SIZE | Byte.toUnsignedInt(head[at]);
    }
    return value;
  }

  private void payload(ByteBuf in, Sink sink) throws WebSocketViolation {
    int count = (int) Math.min(left, in.readableBytes());
    if (masked) {
      Masking.apply(in, in.readerIndex(), count, Masking.rotate(mask, length - left));
    }
    left -= count;
    if ((opcode & CONTROL) != 0) {
      control.writeBytes(in, count);
      if (left == 0) {
        finish(Unpooled.EMPTY_BUFFER, sink);
      }
      return;
    }
    ByteBuf piece = in.readRetainedSlice(count);
    if (left == 0) {
      finish(piece, sink);
    } else {
      sink.data(piece, text, false);
    }
  }

  private void finish(ByteBuf piece, Sink sink) throws WebSocketViolation {
    inPayload = false;
    if ((opcode & CONTROL) != 0) {
      byte[] payload = new byte[control.readableBytes()];
      control.readBytes(payload);
      sink.control(opcode, payload);
      return;
    }
    inMessage = !last;
    sink.data(piece, text, last);
  }

  private static void require(boolean holds, String otherwise) throws WebSocketViolation {
    if (!holds) {
      throw new WebSocketViolation(CloseCode.PROTOCOL_ERROR, otherwise);
    }
  }
}
