package cloud.bevy.hyper.mux;

import java.nio.ByteBuffer;

/// One conversation on a [Mux]. Any task may send and close.
public final class Channel {
  Channel() {}

  /// What is spoken here.
  public Protocol protocol() {
    throw new UnsupportedOperationException();
  }

  /// The mux that carries the channel.
  public Mux mux() {
    throw new UnsupportedOperationException();
  }

  /// Sends one message, whose body is what remains in `body`, part after part. Never blocks: the
  /// bytes are copied, and written soon, together with what else is waiting. Allowed as soon as
  /// [Mux#open] has returned, before the other side has opened the channel too. On a channel that
  /// is closed the message is dropped.
  ///
  /// @param type of the message, from 0 on
  /// @return whether more should be sent at once; where not, wait with [Mux#awaitDrained]
  public boolean send(int type, ByteBuffer... body) {
    throw new UnsupportedOperationException();
  }

  /// Closes this side of the channel. What the other side still sends on it is dropped.
  public void close() {
    throw new UnsupportedOperationException();
  }

  /// Whether the channel is closed.
  public boolean closed() {
    throw new UnsupportedOperationException();
  }

  /// Whether both sides have opened the channel, and neither closed it.
  public boolean opened() {
    throw new UnsupportedOperationException();
  }
}
