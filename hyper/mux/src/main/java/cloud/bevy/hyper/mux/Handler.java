package cloud.bevy.hyper.mux;

import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;

/// What is done with what arrives on a channel. All handlers of a [Mux] are called by the one task
/// that runs it, one call after the other: what takes long keeps everything else on the stream
/// waiting, and belongs into a task of its own. A handler may send, open and close.
///
/// The buffers are parts of a frame that nobody else changes. To keep a few bytes for long keeps
/// the whole frame: copy them then.
public interface Handler {
  /// Both sides have opened the channel.
  ///
  /// @param handshake what the other side gave to its `open`
  /// @throws MalformedException ends the whole stream, with the reason
  void opened(Channel channel, ByteBuffer handshake) throws MalformedException;

  /// A message has arrived.
  ///
  /// @param type of the message, from 0 on; unknown ones are to be ignored, as in JavaScript
  /// @throws MalformedException ends the whole stream, with the reason
  void received(Channel channel, int type, ByteBuffer body) throws MalformedException;

  /// The channel is closed: by either side, refused by the other, or with the whole stream. Called
  /// once for every channel that [Mux#open] has returned. When this side closes the channel, it is
  /// called by the task that closes.
  ///
  /// @param remotely whether it was not this side that closed it
  void closed(Channel channel, boolean remotely);
}
